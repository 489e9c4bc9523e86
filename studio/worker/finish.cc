#include "studio/worker/finish.h"

#include <algorithm>
#include <cinttypes>
#include <cstdio>

#include "media/decode.h"
#include "media/poster.h"
#include "media/spritesheet.h"

namespace studio {
namespace {

constexpr int kSheetColumns = 5, kSheetRows = 5;

}  // namespace

std::string hash_text(uint64_t hash) {
    char text[17];
    std::snprintf(text, sizeof text, "%016" PRIx64, hash);
    return text;
}

base::Json record_from(const base::Json& record, double from_s) {
    base::Json out = record;
    const auto shift = [from_s](base::Json& list, const char* time) {
        base::Json kept = base::Json::array();
        for (base::Json& one : list) {
            const double t = one.at(time).get<double>() - from_s;
            if (t < -1e-9) continue;
            one[time] = std::max(0.0, t);
            kept.push_back(std::move(one));
        }
        list = std::move(kept);
    };
    out["duration_s"] = std::max(0.0, out.at("duration_s").get<double>() - from_s);
    shift(out["events"], "t_s");
    for (auto& [name, samples] : out["tracks"].items()) shift(samples, "t_s");
    // Shots keep their numbers, which events name; one that was cut away has no length.
    for (base::Json& shot : out["shots"]) {
        for (const char* time : {"start_s", "end_s"})
            shot[time] = std::max(0.0, shot.at(time).get<double>() - from_s);
    }
    return out;
}

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
            {"frame_hash", hash_text(clip.frame_hash)},
            {"sample_hash", hash_text(clip.sample_hash)},
            {"understood", report.understood},
            {"replaced", replaced},
            {"left_out", report.left_out}};
}

base::Result<Made> clip_made(Workplace& place, const std::string& video,
                             const media::ClipInfo& clip, int width_px, int height_px, double fps,
                             const script::Report& report) {
    Made made;
    TRY(add_pictures(place, video, made));
    made.result = result_json(clip, width_px, height_px, fps, report);
    if (clip.frame_hash == 0) made.result["frame_hash"] = "";
    return made;
}

}  // namespace studio
