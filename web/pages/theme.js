// Runs before the first paint, so that a dark desk never flashes white. A classic script, because
// modules wait for the document.
{
  const chosen = localStorage.getItem('openpractice.theme')
  if (chosen) document.documentElement.dataset.theme = chosen
}
