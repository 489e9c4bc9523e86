#include "neural/goldens/components.h"
#include "neural/ltx/text/duration_head.h"

namespace neural::goldens {

base::Result<Outputs> run_ltx_duration_head(const Case& c) {
    const auto head = TRY(ltx::DurationHead::load(Loader(c.parameters, "duration_head."),
                                                  TRY(ltx::parse_duration_config(c.config))));
    const auto optional = [&](const std::string& name) {
        const auto found = c.tensors.find(name);
        return found == c.tensors.end() ? tensor::Tensor() : found->second;
    };
    const tensor::Tensor seconds =
        TRY(head(optional("in.video_context"), optional("in.audio_context")));
    const double fps = TRY(number(c.run, "fps", 24));
    const double least = TRY(number(c.run, "min_seconds", 1));
    const double most = TRY(number(c.run, "max_seconds", 20));
    std::vector<int32_t> frames;
    for (const float s : seconds.to_vector())
        frames.push_back(static_cast<int32_t>(ltx::frames_of_seconds(s, fps, least, most)));
    return Outputs{
        {"out.seconds", seconds},
        {"out.frames", tensor::Tensor::from_i32({static_cast<int64_t>(frames.size())}, frames)}};
}

}  // namespace neural::goldens
