#include "sound/voice/flite_voice.h"

#include <flite/flite.h>

#include <array>
#include <cstdlib>
#include <mutex>

extern "C" {
cst_voice* register_cmu_us_slt(const char* folder);
cst_voice* register_cmu_us_rms(const char* folder);
cst_voice* register_cmu_us_awb(const char* folder);
cst_voice* register_cmu_us_kal16(const char* folder);
}

namespace sound {
namespace {

struct Registered {
    cst_voice* voice;
    float mean_hz, spread_hz;  // natural pitch, measured on the voices' own output
};

// Guarded by the mutex in flite_speak.
const Registered& registered(FliteVoice voice) {
    static const Registered voices[] = {
        (flite_init(), Registered{register_cmu_us_slt(nullptr), 170, 25}),
        {register_cmu_us_rms(nullptr), 105, 16},
        {register_cmu_us_awb(nullptr), 125, 18},
        {register_cmu_us_kal16(nullptr), 100, 14},
    };
    return voices[static_cast<int>(voice)];
}

// The phone names are static strings of flite's phone set, but items die with the utterance.
std::string_view lasting_name(const char* name) {
    static const char* const kNames[] = {
        "p",  "b",  "m",  "f",  "v",  "th", "dh", "t",  "d",  "n",  "l",   "s",
        "z",  "dx", "nx", "el", "en", "em", "sh", "zh", "ch", "jh", "r",   "k",
        "g",  "ng", "hh", "hv", "eh", "ey", "ae", "ah", "ax", "er", "axr", "ih",
        "iy", "y",  "ix", "ao", "ow", "oy", "uw", "uh", "w",  "aa", "aw",  "ay"};
    for (const char* known : kNames)
        if (std::string_view(known) == name) return known;
    return "pau";
}

// Flite's vocoder draws its breath noise from rand(). While one of these lives, rand() starts from
// a seed of our own; afterwards the process's sequence goes on undisturbed.
class OwnRandom {
public:
    OwnRandom() : before_(initstate(1, state_.data(), state_.size())) {}
    ~OwnRandom() { setstate(before_); }
    OwnRandom(const OwnRandom&) = delete;
    OwnRandom& operator=(const OwnRandom&) = delete;

private:
    std::array<char, 128> state_{};
    char* before_;
};

}  // namespace

base::Result<RawSpeech> flite_speak(const std::string& text, FliteVoice voice, double pitch,
                                    double lively, double stretch) {
    static std::mutex one_at_a_time;
    const std::lock_guard lock(one_at_a_time);
    const Registered& chosen = registered(voice);
    if (!chosen.voice) return base::failed("the voice could not be loaded");
    flite_feat_set_float(chosen.voice->features, "int_f0_target_mean",
                         chosen.mean_hz * static_cast<float>(pitch));
    flite_feat_set_float(chosen.voice->features, "int_f0_target_stddev",
                         chosen.spread_hz * static_cast<float>(lively * pitch));
    flite_feat_set_float(chosen.voice->features, "duration_stretch", static_cast<float>(stretch));

    const OwnRandom repeatable;
    cst_utterance* utterance = flite_synth_text(text.c_str(), chosen.voice);
    if (!utterance) return base::failed("the line could not be spoken");
    RawSpeech out;
    const cst_wave* wave = utt_wave(utterance);
    if (wave && wave->num_samples > 0) {
        out.rate_hz = wave->sample_rate;
        out.samples.resize(static_cast<size_t>(wave->num_samples));
        for (size_t i = 0; i < out.samples.size(); ++i)
            out.samples[i] = static_cast<float>(wave->samples[i]) / 32768.f;
    }
    cst_relation* segments = utt_relation(utterance, "Segment");
    for (cst_item* item = segments ? relation_head(segments) : nullptr; item;
         item = item_next(item))
        out.phones.push_back({lasting_name(item_feat_string(item, "name")),
                              static_cast<double>(item_feat_float(item, "end"))});
    delete_utterance(utterance);
    return out;
}

}  // namespace sound
