// Hides names the moment the button is pressed; the answer that follows holds none.

document.addEventListener("submit", (event) => {
  if (event.target.matches(".names") && event.target.elements.hide.value === "yes") {
    document.getElementById("board").dataset.names = "hidden";
  }
});
