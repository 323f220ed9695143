// How many requests wait, in the tab's title and on the app's icon: a number and never a name.

function show() {
  const waiting = Number(document.getElementById("board").dataset.waiting);
  document.title = waiting ? `(${waiting}) Treetops` : "Treetops";
  const badge = waiting ? navigator.setAppBadge?.(waiting) : navigator.clearAppBadge?.();
  badge?.catch(() => {}); // a browser may refuse; the title says it too
}

document.addEventListener("board:shown", show);
show();
