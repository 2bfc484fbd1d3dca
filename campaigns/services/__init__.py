"""Commands on campaigns: load a file, keep the versions of a notice, load the nomenclature."""

from campaigns.services.diplomas import load_diplomas
from campaigns.services.loading import Loaded, load_campaign, require_same_session
from campaigns.services.versions import record_version

__all__ = ["Loaded", "load_campaign", "load_diplomas", "record_version", "require_same_session"]
