#include "sound/mix/stage.h"

#include <algorithm>

#include "sound/room/early_reflections.h"

namespace sound {

void Stage::add(PlacedSource source) {
    const auto later = [](const PlacedSource& a, const PlacedSource& b) {
        return a.start_sample > b.start_sample;
    };
    waiting_.insert(std::upper_bound(waiting_.begin(), waiting_.end(), source, later),
                    std::move(source));
}

void Stage::make_room() {
    int sounding = 0;
    for (const Voice& voice : voices_) sounding += !voice.fading;
    while (sounding >= kMostVoices) {
        Voice* quietest = nullptr;
        for (Voice& voice : voices_) {
            if (voice.fading || voice.placed.essential || voice.fresh) continue;
            const float level = voice.placed.source->level() * (voice.gain[0] + voice.gain[1]);
            if (!quietest ||
                level < quietest->placed.source->level() * (quietest->gain[0] + quietest->gain[1]))
                quietest = &voice;
        }
        if (!quietest) return;
        quietest->fading = true;
        --sounding;
    }
}

void Stage::render(int64_t first, int count, const EarKey& ear, StereoBlock& dry,
                   std::array<float, kBlock>& send, EarlyReflections* early) {
    while (!waiting_.empty() && waiting_.back().start_sample < first + count) {
        make_room();
        Voice voice;
        voice.placed = std::move(waiting_.back());
        waiting_.pop_back();
        voices_.push_back(std::move(voice));
    }
    for (Voice& voice : voices_) {
        PlacedSource& p = voice.placed;
        const int offset = static_cast<int>(std::clamp<int64_t>(p.start_sample - first, 0, count));
        std::array<float, kBlock> mono{};
        const int length = count - offset;
        bool alive = length <= 0 || p.source->render(mono.data() + offset, length);

        const Placement at = place(ear, position_at(p, first), p.pan_width, p.distance_exponent);
        for (int channel = 0; channel < 2; ++channel) {
            voice.tone[channel].set_frequency(at.corner_hz[channel]);
            const float target = voice.fading ? 0.f : at.gain[channel] * p.gain;
            float gain = voice.fresh ? target : voice.gain[channel];
            const float step = (target - gain) / static_cast<float>(std::max(length, 1));
            float* out = channel == 0 ? dry.left.data() : dry.right.data();
            for (int i = offset; i < count; ++i) {
                gain += step;
                out[i] += gain * voice.tone[channel].process(mono[i]);
            }
            voice.gain[channel] = target;
        }
        const float sent = voice.fading ? 0 : p.gain * p.reverb_send;
        if (early && sent > 0) {
            if (voice.fresh) voice.reflections = early->paths(ear, p);
            early->add(voice.reflections, mono.data(), count, p.gain);
        }
        for (int i = offset; i < count; ++i) send[i] += sent * mono[i];
        voice.fresh = false;
        if (voice.fading) alive = false;
        if (!alive) p.source.reset();
    }
    std::erase_if(voices_, [](const Voice& v) { return v.placed.source == nullptr; });
}

}  // namespace sound
