#include "studio/worker/failure.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace studio {
namespace {

constexpr std::array<std::string_view, 8> kCodes = {
    "invalid_prompt", "invalid_video", "invalid_image",      "invalid_audio",
    "too_long",       "unsupported",   "moderation_blocked", "generation_failed"};

}  // namespace

base::Error reject(const std::string& code, std::string message) {
    return base::usage_error(std::move(message), code);
}

JobFailure failure_of(const base::Error& error) {
    switch (error.kind) {
        case base::ErrorKind::Usage:
            if (std::find(kCodes.begin(), kCodes.end(), error.where) != kCodes.end())
                return {true, error.where, error.message};
            return {true, "invalid_prompt", error.text()};
        case base::ErrorKind::NotBuilt: return {true, "unsupported", error.message};
        // Paths of the worker are nobody's business.
        default: return {false, "generation_failed", error.message};
    }
}

}  // namespace studio
