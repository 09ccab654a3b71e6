/**
 * Lets the keyboard reach the buttons of a figure, which Plotly draws for the pointer alone: Tab
 * comes to a button, Enter or Space presses it, and it says what the figure then shows.
 */
window.reachButtons = figure => {
  const { sliders = [], updatemenus = [] } = figure.layout;
  if (sliders.length + updatemenus.length === 0) return;
  // What is within an image cannot be reached.
  figure.setAttribute('role', 'group');
  // Where JupyterLab draws it anew, it was told already.
  if (figure.dataset.reach) return;
  figure.dataset.reach = 'buttons';
  let pressed = false;
  const dress = () => {
    const shown = [...figure.querySelectorAll('.annotation-text')].map(
      text => text.dataset.unformatted,
    );
    for (const button of figure.querySelectorAll('.updatemenu-button')) {
      const label = [button.textContent, ...shown].join(', ').replaceAll('<br>', ' ');
      button.setAttribute('aria-label', label);
      button.setAttribute('role', 'button');
      button.setAttribute('tabindex', '0');
      if (pressed) button.focus();
    }
    pressed = false;
  };
  dress();
  figure.on('plotly_afterplot', dress);
  figure.addEventListener('keydown', event => {
    const button = event.target.closest('.updatemenu-button');
    if (!button || !['Enter', ' '].includes(event.key)) return;
    // A space would scroll the page, or turn to the next slide.
    event.preventDefault();
    event.stopPropagation();
    pressed = true;
    button.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  });
};
