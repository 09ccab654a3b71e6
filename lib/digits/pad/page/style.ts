/** The look of the pad, in the colours of JupyterLab's theme if there is one. */
export const style = `
:host {
  display: block; --text: var(--jp-ui-font-color1, #222); --quiet: var(--jp-ui-font-color2, #555);
  --line: var(--jp-border-color1, #bbb); --back: var(--jp-layout-color1, #fff);
  --frame: #56b4e9; --bar: #9a9a9a; --best: #0072b2;
  color: var(--text); font: 14px/1.5 var(--jp-content-font-family, sans-serif);
}
* { box-sizing: border-box; }
.all { display: flex; flex-wrap: wrap; gap: 16px 28px; align-items: flex-start; padding: 6px; }
figure, p, ol { margin: 0; padding: 0; }
figcaption { margin-bottom: 6px; }
canvas { display: block; width: 100%; aspect-ratio: 1; border-radius: 4px; background: #000; box-shadow: 0 0 0 1px var(--line); }
.draw { flex: 0 1 280px; min-width: min(100%, 200px); }
.draw canvas { touch-action: none; cursor: crosshair; user-select: none; -webkit-user-select: none; }
.draw canvas:focus-visible, button:focus-visible { outline: 3px solid var(--frame); outline-offset: 2px; }
button {
  font: inherit; color: inherit; background: var(--back); border: 1px solid var(--line);
  border-radius: 4px; padding: 5px 18px; margin-top: 10px; cursor: pointer;
}
.small { color: var(--quiet); font-size: 12px; flex-basis: 100%; max-width: 780px; }
.read { flex: 1 1 300px; max-width: 470px; }
.answer { font-size: 17px; font-weight: 600; min-height: 1.5em; margin-bottom: 10px; }
.pair { display: flex; flex-wrap: wrap; gap: 12px 20px; }
.seen { flex: 0 0 auto; width: 168px; }
.seen canvas { image-rendering: pixelated; }
.bars { flex: 1 1 120px; }
ol { list-style: none; }
li { display: flex; align-items: center; gap: 6px; height: 20px; margin: 0; font-variant-numeric: tabular-nums; }
.track { flex: 1; height: 12px; border-radius: 2px; background: var(--jp-layout-color2, #eee); }
.fill { display: block; height: 100%; border-radius: 2px; background: var(--bar); }
.percent { min-width: 4em; text-align: right; white-space: nowrap; }
.best { font-weight: 700; }
.best .fill { background: var(--best); }
`;
