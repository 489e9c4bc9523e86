#include "apps/cli/progress_bar.h"

#include <unistd.h>

#include <cmath>
#include <cstdio>

#include "base/json/json.h"

namespace apps {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_between(Clock::time_point a, Clock::time_point b) {
    return std::chrono::duration<double>(b - a).count();
}

std::string minutes(double seconds) {
    char text[32];
    const int s = static_cast<int>(std::lround(seconds));
    if (s >= 3600) std::snprintf(text, sizeof text, "%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
    else std::snprintf(text, sizeof text, "%d:%02d", s / 60, s % 60);
    return text;
}

}  // namespace

ProgressBar::ProgressBar(ProgressKind kind)
    : kind_(kind),
      start_(Clock::now()),
      stage_start_(start_),
      last_(start_ - std::chrono::seconds(1)) {
    if (kind_ == ProgressKind::Bar && isatty(STDERR_FILENO) == 0) kind_ = ProgressKind::Lines;
}

ProgressBar::~ProgressBar() { finish(); }

void ProgressBar::show(const studio::Progress& progress) {
    if (kind_ == ProgressKind::None) return;
    const auto now = Clock::now();
    const bool new_stage = progress.stage != stage_;
    if (new_stage) {
        stage_ = progress.stage;
        stage_start_ = now;
        last_tenth_ = -1;
    }
    const double spent = seconds_between(stage_start_, now);
    const double eta_s =
        progress.fraction > 0.005 ? spent * (1 - progress.fraction) / progress.fraction : -1;
    if (kind_ == ProgressKind::Json) {
        if (!new_stage && seconds_between(last_, now) < 0.2 && progress.fraction < 1) return;
        last_ = now;
        base::Json line = {{"progress",
                            {{"stage", studio::stage_name(progress.stage)},
                             {"fraction", progress.fraction},
                             {"frame", progress.frame},
                             {"frames", progress.frames},
                             {"shot", progress.shot + 1},
                             {"shots", progress.shots}}}};
        if (progress.steps > 0) {
            line["progress"]["step"] = progress.step;
            line["progress"]["steps"] = progress.steps;
        }
        if (eta_s >= 0) line["progress"]["eta_s"] = std::round(eta_s);
        std::printf("%s\n", line.dump().c_str());
        std::fflush(stdout);
        return;
    }
    if (kind_ == ProgressKind::Lines) {
        const int tenth = static_cast<int>(progress.fraction * 10);
        if (tenth == last_tenth_) return;
        last_tenth_ = tenth;
        std::fprintf(stderr, "%-10s %3d %%", studio::stage_name(progress.stage),
                     static_cast<int>(100 * progress.fraction));
        if (progress.frames > 0) {
            std::fprintf(stderr, "  frame %lld of %lld", static_cast<long long>(progress.frame),
                         static_cast<long long>(progress.frames));
        }
        std::fprintf(stderr, "\n");
        return;
    }
    if (!new_stage && seconds_between(last_, now) < 0.1 && progress.fraction < 1) return;
    last_ = now;
    draw(progress, eta_s);
}

void ProgressBar::draw(const studio::Progress& progress, double eta_s) {
    constexpr int kWidth = 28;
    std::string bar;
    const int filled = static_cast<int>(progress.fraction * kWidth);
    for (int i = 0; i < kWidth; ++i) bar += i < filled ? "━" : "─";
    std::fprintf(stderr, "\r\033[K%-10s %s %3d %%", studio::stage_name(progress.stage), bar.c_str(),
                 static_cast<int>(100 * progress.fraction));
    if (progress.stage == studio::Stage::Denoising && progress.steps > 0) {
        std::fprintf(stderr, "  step %d of %d", progress.step, progress.steps);
        if (progress.shots > 1)
            std::fprintf(stderr, ", part %d of %d", progress.shot + 1, progress.shots);
    } else if (progress.frames > 0) {
        std::fprintf(stderr, "  %lld/%lld", static_cast<long long>(progress.frame),
                     static_cast<long long>(progress.frames));
    }
    if (eta_s >= 0) std::fprintf(stderr, "  %s left", minutes(eta_s).c_str());
    std::fflush(stderr);
    drawn_ = true;
}

void ProgressBar::finish() {
    if (drawn_) std::fprintf(stderr, "\r\033[K");
    drawn_ = false;
}

}  // namespace apps
