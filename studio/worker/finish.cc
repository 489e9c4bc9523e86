#include "studio/worker/finish.h"

#include <cinttypes>
#include <cstdio>

#include "media/decode.h"
#include "media/poster.h"
#include "media/spritesheet.h"

namespace studio {
namespace {

constexpr int kSheetColumns = 5, kSheetRows = 5;

std::string hex(uint64_t value) {
    char text[17];
    std::snprintf(text, sizeof text, "%016" PRIx64, value);
    return text;
}

}  // namespace

base::Status add_pictures(Workplace& place, const std::string& path, Made& made) {
    place.meter.finishing();
    media::PosterChooser poster;
    media::Spritesheet sheet(kSheetColumns, kSheetRows);
    const auto frames = TRY(media::open_frames(path));
    while (true) {
        if (place.options.cancel != nullptr) TRY(place.options.cancel->check());
        const std::optional<base::Frame> frame = TRY(frames->next());
        if (!frame) break;
        poster.add(frame->image);
        sheet.add(frame->image);
    }
    if (poster.best().empty()) return base::failed("the film has no pictures", path);
    made.outputs["video"] = path;
    made.outputs["thumbnail"] = place.output("thumbnail.webp");
    TRY(media::write_poster(poster.best(), made.outputs["thumbnail"]));
    made.outputs["spritesheet"] = place.output("spritesheet.jpg");
    return sheet.write_jpeg(made.outputs["spritesheet"]);
}

base::Json result_json(const media::ClipInfo& clip, int width_px, int height_px, double fps,
                       const script::Report& report) {
    base::Json replaced = base::Json::array();
    for (const script::Replaced& r : report.replaced)
        replaced.push_back({{"asked", r.asked}, {"used", r.used}, {"why", r.why}});
    return {{"seconds", static_cast<double>(clip.frame_count) / fps},
            {"frames", clip.frame_count},
            {"width_px", width_px},
            {"height_px", height_px},
            {"fps", fps},
            {"frame_hash", hex(clip.frame_hash)},
            {"sample_hash", hex(clip.sample_hash)},
            {"understood", report.understood},
            {"replaced", replaced},
            {"left_out", report.left_out}};
}

}  // namespace studio
