// From a synthesiser's raw voice to one that sits in a film: whisper or shout, the top octave that
// 16 kHz speech lacks, tone, de-essing, gentle compression.
#pragma once

#include <vector>

namespace sound {

enum class Manner { Plain, Whisper, Shout };

struct Polish {
    Manner manner = Manner::Plain;
    double band_limit_hz = 8000;  // above this the raw voice is empty
    bool male = false;
};

// In place, 48 kHz. Afterwards the loud parts lie near 0.12 rms, the peak below 0.95.
void polish(std::vector<float>& samples, const Polish& how);

}  // namespace sound
