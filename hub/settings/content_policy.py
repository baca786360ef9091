"""What a browser may load and do on a page: the public site, the admin."""

from csp.constants import NONE, SELF, UNSAFE_INLINE

from hub import environment

_ENV = environment.read()

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        # The page of a video opens what it needs, and no more: see resources.video_policy.
        "frame-src": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
# The admin's listings and forms start their date pickers from inline scripts, and its previews
# frame the site.
ADMIN_CONTENT_SECURITY_POLICY = {
    "default-src": [SELF],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF, "data:"],
    "connect-src": [SELF],
    "frame-src": [
        SELF,
        "https://www.youtube-nocookie.com",
        *(f"https://{host}" for host in _ENV["HUB_PEERTUBE_HOSTS"]),
    ],
    "form-action": [SELF],
    "frame-ancestors": [SELF],
    "base-uri": [NONE],
    "object-src": [NONE],
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in (
        "accelerometer", "camera", "display-capture", "geolocation", "gyroscope",
        "magnetometer", "microphone", "midi", "payment", "usb",
    )
}  # fmt: skip
