from tests.services.records.conftest import empty, shop

__all__ = ["empty", "shop"]
