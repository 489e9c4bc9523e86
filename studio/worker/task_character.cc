// Character: what a clip or a picture tells of somebody, to be cast in films to come.
#include "media/atomic_file.h"
#include "media/poster.h"
#include "studio/worker/clips.h"
#include "studio/worker/tasks.h"
#include "studio/worker/traits.h"

namespace studio {
namespace {

constexpr int64_t kLooks = 6;  // pictures of a clip, evenly spaced

base::Result<std::vector<base::Image8>> look_at(Workplace& place, const std::string& input) {
    std::vector<base::Image8> pictures;
    if (is_picture(place, input)) {
        pictures.push_back(TRY(open_picture(place, input)));
        return pictures;
    }
    const SafeClip clip = TRY(open_clip(place, input));
    ClipFrames frames = TRY(ClipFrames::open(clip, 0));
    const int64_t step = std::max<int64_t>(1, clip.frames / kLooks);
    for (int64_t i = 0; i < clip.frames; ++i) {
        if (place.options.cancel != nullptr) TRY(place.options.cancel->check());
        base::Image8 picture = TRY(frames.next());
        place.meter.rendered(i + 1, clip.frames, &picture);
        if (i % step == step / 2 && static_cast<int64_t>(pictures.size()) < kLooks)
            pictures.push_back(std::move(picture));
    }
    return pictures;
}

}  // namespace

base::Result<Made> character(Workplace& place) {
    const std::vector<base::Image8> pictures = TRY(look_at(place, place.job.source));
    media::PosterChooser poster;
    for (const base::Image8& picture : pictures) poster.add(picture);
    place.meter.finishing();
    Made made;
    made.outputs["traits"] = place.output("traits.json");
    TRY(media::write_file(made.outputs["traits"], traits_json(traits_of(pictures)).dump() + "\n"));
    made.outputs["thumbnail"] = place.output("thumbnail.webp");
    TRY(media::write_poster(poster.best(), made.outputs["thumbnail"], 640));
    made.result = {{"understood", base::Json::array()},
                   {"replaced", base::Json::array()},
                   {"left_out", base::Json::array()}};
    return made;
}

}  // namespace studio
