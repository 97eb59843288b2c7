// Shows the lead picture that an author chooses.
document.addEventListener("DOMContentLoaded", () => {
  const select = document.getElementById("id_lead_picture");
  const pattern = document.querySelector("[data-thumbnail]")?.dataset.thumbnail;
  if (!select || !pattern) return;
  const image = document.createElement("img");
  image.className = "lead-preview";
  image.alt = "";
  select.closest(".form-row").append(image);
  const show = () => {
    image.hidden = !select.value;
    if (select.value) image.src = pattern.replace("/0/", `/${select.value}/`);
  };
  show();
  django.jQuery(select).on("change", show); // Django's select announces its changes to jQuery alone
});
