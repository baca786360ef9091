// An address that names a word opens on it: before anything shows, so that nothing moves.
if (location.hash) document.documentElement.dataset.roomOpen = "";
