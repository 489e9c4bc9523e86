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

base::Result<std::optional<base::AudioBlock>> SoundAfter::next() {
    constexpr int64_t kBlock = 4800, kFade = base::kSampleRateHz / 100;
    // 0 at the seam, 1 from kFade samples away from it on.
    const auto gain = [this](int64_t sample) {
        const int64_t away = sample < lead() ? lead() - 1 - sample : sample - lead();
        return lead() == 0 || away >= kFade ? 1.f
                                            : static_cast<float>(away) / static_cast<float>(kFade);
    };
    base::AudioBlock block;
    if (given_ < lead()) {
        const int64_t count = std::min(kBlock, lead() - given_);
        const auto from = before_.begin() + given_ * base::kAudioChannels;
        block.samples.assign(from, from + count * base::kAudioChannels);
    } else {
        std::optional<base::AudioBlock> next = TRY(source_.next());
        if (!next) return std::optional<base::AudioBlock>();
        block.samples = std::move(next->samples);
    }
    block.first_sample = given_;
    for (int64_t i = 0; i < block.sample_count(); ++i) {
        const float g = gain(given_ + i);
        block.samples[static_cast<size_t>(2 * i)] *= g;
        block.samples[static_cast<size_t>(2 * i + 1)] *= g;
    }
    given_ += block.sample_count();
    return std::optional<base::AudioBlock>(std::move(block));
}

}  // namespace studio
