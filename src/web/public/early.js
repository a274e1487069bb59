// Runs before the first paint: theme and direction as this browser remembers them, so that nothing flashes.
(function () {
  var root = document.documentElement;
  try {
    var theme = localStorage.getItem('alternat.theme');
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
    var language = localStorage.getItem('alternat.language');
    if (language === 'ar' || language === 'es' || language === 'fr' || language === 'en') {
      root.lang = language;
      root.dir = language === 'ar' ? 'rtl' : 'ltr';
    }
  } catch {
    // Storage is closed to this page: the defaults stand.
  }
})();
