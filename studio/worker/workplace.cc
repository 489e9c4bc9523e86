#include "studio/worker/workplace.h"

#include <cstdio>

#include "studio/worker/failure.h"

namespace studio {

base::Result<render::Quality> quality_of(const FilmJob& job) {
    if (job.quality == "draft") return render::Quality::Draft;
    if (job.quality == "standard" || job.quality.empty()) return render::Quality::Standard;
    if (job.quality == "final") return render::Quality::Final;
    return reject("unsupported",
                  "qualities are draft, standard, final, not \"" + job.quality + "\"");
}

base::Result<std::optional<script::Style>> style_of(const FilmJob& job) {
    using Style = std::optional<script::Style>;
    if (job.style.empty()) return Style();
    if (job.style == "realistic") return Style(script::Style::Realistic);
    if (job.style == "clay") return Style(script::Style::Clay);
    if (job.style == "anime") return Style(script::Style::Anime);
    if (job.style == "noir") return Style(script::Style::Noir);
    return reject("unsupported",
                  "styles are realistic, clay, anime, noir, not \"" + job.style + "\"");
}

base::Status apply_options(const FilmJob& job, script::ShotList& list) {
    if (job.width_px > 0) {
        list.width_px = job.width_px;
        list.height_px = job.height_px;
    }
    if (job.fps > 0) list.fps = job.fps;
    if (job.seed > 0) list.seed = job.seed;
    if (const auto style = TRY(style_of(job))) list.style = *style;
    return {};
}

base::Error too_long(double seconds, double most_seconds) {
    char text[128];
    std::snprintf(text, sizeof text,
                  "the film would be %g seconds long; the longest that is made here is %g", seconds,
                  most_seconds);
    return reject("too_long", text);
}

}  // namespace studio
