#include "apps/cli/meter.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <utility>

namespace apps {

Meter::Meter(std::string what, bool shown)
    : what_(std::move(what)), shown_(shown), terminal_(isatty(STDERR_FILENO) != 0) {}

Meter::~Meter() { finish(); }

void Meter::show(double fraction, const std::string& note) {
    if (!shown_) return;
    fraction = std::clamp(fraction, 0.0, 1.0);
    const auto now = std::chrono::steady_clock::now();
    if (!terminal_) {
        const int tenth = static_cast<int>(fraction * 10);
        if (tenth == last_tenth_) return;
        last_tenth_ = tenth;
        std::fprintf(stderr, "%s %d%% %s\n", what_.c_str(), tenth * 10, note.c_str());
        return;
    }
    if (drawn_ && now - last_ < std::chrono::milliseconds(100) && fraction < 1) return;
    last_ = now;
    drawn_ = true;
    constexpr int kWidth = 30;
    const int filled = static_cast<int>(fraction * kWidth);
    std::string bar(static_cast<size_t>(filled), '#');
    bar.resize(kWidth, '.');
    std::fprintf(stderr, "\r\033[K%s [%s] %3d%% %s", what_.c_str(), bar.c_str(),
                 static_cast<int>(fraction * 100), note.c_str());
    std::fflush(stderr);
}

void Meter::finish() {
    if (drawn_) std::fprintf(stderr, "\n");
    drawn_ = false;
}

std::string bytes_text(uint64_t bytes) {
    char text[32];
    const auto b = static_cast<double>(bytes);
    if (b >= 1e9) std::snprintf(text, sizeof text, "%.1f GB", b / 1e9);
    else if (b >= 1e6) std::snprintf(text, sizeof text, "%.1f MB", b / 1e6);
    else std::snprintf(text, sizeof text, "%.1f kB", b / 1e3);
    return text;
}

}  // namespace apps
