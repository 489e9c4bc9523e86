#include "studio/worker/sources.h"

#include <algorithm>

namespace studio {

base::Result<std::optional<base::AudioBlock>> SoundSpan::next() {
    constexpr int64_t kSilence = 4800;
    while (given_ < end_ - first_) {
        base::AudioBlock out;
        out.first_sample = given_;
        if (over_) {
            const int64_t count = std::min(kSilence, end_ - first_ - given_);
            out.samples.assign(static_cast<size_t>(count) * base::kAudioChannels, 0.f);
        } else {
            std::optional<base::AudioBlock> block = TRY(source_.next());
            if (!block) {
                over_ = true;
                continue;
            }
            const int64_t from = std::max(first_, block->first_sample) - block->first_sample;
            const int64_t to =
                std::min(end_, block->first_sample + block->sample_count()) - block->first_sample;
            if (from >= to) {
                if (block->first_sample >= end_) over_ = true;
                continue;
            }
            out.samples.assign(block->samples.begin() + from * base::kAudioChannels,
                               block->samples.begin() + to * base::kAudioChannels);
        }
        given_ += out.sample_count();
        return std::optional<base::AudioBlock>(std::move(out));
    }
    return std::optional<base::AudioBlock>();
}

}  // namespace studio
