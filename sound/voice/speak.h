// Speech by flite: text to samples and mouth shapes. Deterministic.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/core/result.h"

namespace sound {

struct VoiceRequest {
    std::string text;
    std::string sex = "female";  // chooses the voice
    std::string age = "young";   // shifts pitch: child up, old down and slower
    std::string manner;          // "whispering", "shouting", "slowly", "excitedly"
    double pitch_shift = 1;      // further voices from few: 0.85 .. 1.2
};

struct Speech {
    std::vector<float> samples;                   // mono, 48 kHz, peak below 1
    std::vector<std::pair<double, int>> visemes;  // (seconds from start, viseme 0..12)
    bool cut = false;  // the text was longer than 2,000 characters: rest unspoken
    double seconds() const { return static_cast<double>(samples.size()) / 48000.0; }
};

// Any text is safe: control characters, broken UTF-8 and unspeakable signs are passed over; where
// nothing can be said the result has no samples. Any thread.
base::Result<Speech> speak(const VoiceRequest& request);

}  // namespace sound
