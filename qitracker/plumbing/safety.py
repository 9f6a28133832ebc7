"""Headers on every answer, error pages included. No inline script or style anywhere, no other host."""

from flask import Flask, Response, request

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}
CSP = "; ".join(f"{name} {sources}" for name, sources in POLICY.items())

HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
A_YEAR = 365 * 24 * 3600


def install(app: Flask, *, secure: bool) -> None:
    """Put the headers on every answer of the app."""

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if secure:
            response.headers.setdefault("Strict-Transport-Security", f"max-age={A_YEAR}; includeSubDomains")
        # 304, too: a browser takes over its headers, and would ask again for good.
        if request.endpoint == "static" and response.status_code in {200, 304}:
            response.headers["Cache-Control"] = (
                f"public, max-age={A_YEAR}, immutable" if request.args.get("v") else "no-cache"
            )
        else:
            response.headers.setdefault("Cache-Control", "no-store")
        response.headers.pop("Server", None)
        return response
