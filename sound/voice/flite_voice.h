// Flite behind our own types: text to 16 kHz speech with the end time of every phone.
#pragma once

#include <string>
#include <vector>

#include "base/core/result.h"
#include "sound/voice/visemes.h"

namespace sound {

enum class FliteVoice { Slt, Rms, Awb, Kal16 };  // female US; male US; male Scottish; male US older

struct RawSpeech {
    std::vector<float> samples;  // mono, [-1, 1]
    int rate_hz = 16000;
    std::vector<SpokenPhone> phones;  // in order
};

// `pitch` multiplies the voice's mean pitch, `lively` its spread, `stretch` all durations.
// Any thread; calls wait for one another (flite keeps voices in globals).
base::Result<RawSpeech> flite_speak(const std::string& text, FliteVoice voice, double pitch,
                                    double lively, double stretch);

}  // namespace sound
