#include "studio/director/dialogue.h"

#include <algorithm>

#include "base/core/random.h"

namespace studio {
namespace {

constexpr double kFirstLine_s = 0.5;
constexpr double kBreath_s = 0.35;

sound::VoiceRequest voice_of(const script::ShotList& list, const script::Line& line) {
    sound::VoiceRequest request;
    request.text = line.text;
    request.manner = line.manner;
    uint64_t seed = base::hash_combine(list.seed, base::hash_text(line.speaker));
    for (const script::CastMember& member : list.cast) {
        if (member.id != line.speaker) continue;
        if (!member.look.sex.empty()) request.sex = member.look.sex;
        else request.sex = seed % 2 == 0 ? "female" : "male";
        if (!member.look.age.empty()) request.age = member.look.age;
        if (member.kind == "child") request.age = "child";
        if (member.voice == "male" || member.voice == "female") request.sex = member.voice;
    }
    request.pitch_shift = 0.92 + 0.16 * static_cast<double>(base::hash_u64(seed) % 1000) / 1000.0;
    return request;
}

}  // namespace

base::Result<std::vector<Spoken>> speak_lines(const script::ShotList& list, int shot_index) {
    const script::Shot& shot = list.shots[shot_index];
    std::vector<Spoken> spoken;
    double next_s = std::min(kFirstLine_s, 0.1 * shot.seconds);
    for (const script::Line& line : shot.dialogue) {
        Spoken one;
        one.text = line.text;
        one.speech = TRY(sound::speak(voice_of(list, line)));
        one.line.speaker = line.speaker;
        one.line.start_s = line.start_s.value_or(next_s);
        one.line.seconds = one.speech.seconds();
        one.line.visemes = one.speech.visemes;
        next_s = one.line.start_s + one.line.seconds + kBreath_s;
        spoken.push_back(std::move(one));
    }
    return spoken;
}

}  // namespace studio
