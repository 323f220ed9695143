// Lets a person read what they typed: long passwords on small keyboards go wrong.

const button = document.getElementById("show-password");
const field = document.getElementById("password");

button.hidden = false;
button.addEventListener("click", () => {
  const shown = field.type === "password";
  field.type = shown ? "text" : "password";
  button.ariaPressed = String(shown);
  field.focus();
});
// Sent hidden again, so that the browser offers to keep it and never shows it among earlier entries.
field.form.addEventListener("submit", () => { field.type = "password"; });
