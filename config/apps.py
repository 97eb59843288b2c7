from django.apps import AppConfig


class GroundFloorConfig(AppConfig):
    name = "config"

    def ready(self):
        from config import checks  # noqa: F401
