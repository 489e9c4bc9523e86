// The built page (dist/), inside the program: what `aozora serve` answers at "/", "/assets/...".
// Everything here lives as long as the program and may be read by any thread.
#pragma once

#include <span>
#include <string_view>

namespace apps {

struct WebFile {
    std::string_view path;  // of the URL: "/index.html" (also served at "/"), "/assets/index-….js"
    std::string_view type;  // Content-Type
    std::string_view etag;  // strong, without quotes; of the content
    std::string_view bytes;
    std::string_view
        bytes_gzip;  // the same, for Accept-Encoding: gzip; "" where it would not be smaller
    bool immutable = false;  // the name holds a hash of the content: may be kept for a year
};

// In the order of their paths.
std::span<const WebFile> web_files();

// The page loads nothing but these files and the server's own answers, and has no inline script or
// style; blob: is the picture that the user has chosen.
inline constexpr std::string_view kWebContentSecurityPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
    "media-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'";

}  // namespace apps
