#include "sound/voice/speak.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>

#include "sound/dsp/resample.h"
#include "sound/voice/flite_voice.h"
#include "sound/voice/polish.h"
#include "sound/voice/speech_text.h"

namespace sound {
namespace {

// How a voice is made out of flite's four.
struct Plan {
    FliteVoice voice = FliteVoice::Slt;
    double pitch = 1;    // by the synthesiser, formants stay
    double lively = 1;   // spread of the melody
    double size = 1;     // by resampling: > 1 = smaller head, formants and pitch up together
    double stretch = 1;  // durations as heard
    Manner manner = Manner::Plain;
};

bool says(const std::string& manner, std::initializer_list<const char*> stems) {
    for (const char* stem : stems)
        if (manner.find(stem) != std::string::npos) return true;
    return false;
}

Plan plan_of(const VoiceRequest& request) {
    Plan plan;
    const bool male = request.sex == "male";
    // A shift away from 1 also picks another speaker where there is one.
    if (male)
        plan.voice = request.age == "old"         ? FliteVoice::Kal16
                     : request.pitch_shift > 1.04 ? FliteVoice::Awb
                                                  : FliteVoice::Rms;
    const double shift = std::clamp(request.pitch_shift, 0.7, 1.4);
    plan.pitch *= shift;
    plan.size *= std::pow(shift, 0.35);
    if (request.age == "child") {
        plan.voice = FliteVoice::Slt;  // boys too: a broken voice cannot be raised to a child's
        plan.size *= male ? 1.17 : 1.2;
        plan.pitch *= 1.22;
        plan.lively *= 1.25;
    } else if (request.age == "old") {
        plan.size *= 0.96;
        plan.pitch *= male ? 0.94 : 0.88;
        plan.stretch *= 1.15;
        plan.lively *= 0.9;
    }
    const std::string& manner = request.manner;
    if (says(manner, {"whisper", "quiet", "hushed", "breath"})) {
        plan.manner = Manner::Whisper;
        plan.stretch *= 1.08;
    } else if (says(manner, {"shout", "yell", "scream", "loud", "angr"})) {
        plan.manner = Manner::Shout;
        plan.pitch *= 1.22;
        plan.lively *= 1.4;
        plan.stretch *= 1.05;
    }
    if (says(manner, {"slow", "tired", "sad", "calm", "bored"})) {
        plan.stretch *= 1.3;
        plan.lively *= 0.8;
    }
    if (says(manner, {"fast", "quick", "hurr", "excited", "happ", "cheer"})) {
        plan.stretch *= 0.87;
        plan.lively *= 1.35;
        plan.pitch *= 1.08;
    }
    return plan;
}

}  // namespace

base::Result<Speech> speak(const VoiceRequest& request) {
    const SpeechText line = speech_text(request.text);
    Speech speech;
    speech.cut = line.cut;
    if (line.text.empty()) return speech;
    const Plan plan = plan_of(request);
    // Resampling by `size` shortens; the synthesiser speaks that much slower beforehand.
    const RawSpeech raw =
        TRY(flite_speak(line.text, plan.voice, plan.pitch, plan.lively, plan.stretch * plan.size));
    speech.samples = resample(raw.samples, raw.rate_hz * plan.size / 48000.0);
    polish(speech.samples, {plan.manner, 8000.0 * plan.size, request.sex == "male"});

    std::vector<SpokenPhone> phones = raw.phones;
    for (SpokenPhone& phone : phones)
        phone.end_s = std::min(phone.end_s / plan.size, speech.seconds());
    speech.visemes = viseme_track(phones);
    return speech;
}

}  // namespace sound
