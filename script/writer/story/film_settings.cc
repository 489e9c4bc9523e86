#include <algorithm>

#include "script/writer/story/storyteller.h"

namespace script {

void Storyteller::take(const Lens& lens) {
    if (lens.mm > 0) shot().camera.lens_mm = std::clamp(lens.mm, 8.0, 600.0);
    if (lens.f_number > 0) shot().camera.depth_of_field_f = lens.f_number;
}

void Storyteller::take(const Duration& duration) {
    if (duration.whole_film) {
        story_.seconds = duration.seconds;
        story_.asked.push_back("seconds");
    } else {
        shot().seconds = duration.seconds;
        shot().asked.push_back("seconds");
    }
}

// "Wide shot: ..." after something has happened is a new shot of the same world.
bool Storyteller::opens_shot(const FilmSetting& setting) {
    const bool looks = setting.word.kind == FilmWordKind::Framing;
    if (!looks || !fresh_sentence_ || shot().actions.empty()) return false;
    const bool alone =
        at_ + 1 >= items_.size() || std::holds_alternative<Sentence>(items_[at_ + 1]);
    return shot().camera.framing != Framing::Auto || setting.subject || !alone;
}

void Storyteller::take(const FilmSetting& setting) {
    if (opens_shot(setting) && !open_shot(true, sentence_begin_)) return;
    fresh_sentence_ = false;
    const FilmWord& word = setting.word;
    Place& place = shot().place;
    switch (word.kind) {
        case FilmWordKind::Style:
            if (word.style == Style::Realistic) story_.asked.push_back("style:realistic");
            if (!story_.style) story_.style = word.style;
            break;
        case FilmWordKind::Time: place.time = word.time; break;
        case FilmWordKind::Weather:
            place.weather = word.weather;
            if (word.weather == Weather::Snow) shot().votes.vote("snow_field", 1.2);
            break;
        case FilmWordKind::Framing: shot().camera.framing = word.framing; break;
        case FilmWordKind::Move:
            if (word.move == CameraMove::Static) shot().asked.push_back("camera:static");
            shot().camera.move = word.move;
            break;
        case FilmWordKind::Handheld: shot().camera.handheld = true; break;
        case FilmWordKind::TimeScale: shot().time_scale = word.number; break;
        case FilmWordKind::DepthOfField: shot().camera.depth_of_field_f = word.number; break;
        case FilmWordKind::Sound: {
            auto& sound = shot().sound;
            const std::string text(word.text);
            if (std::find(sound.begin(), sound.end(), text) == sound.end()) sound.push_back(text);
            break;
        }
        case FilmWordKind::Gravity: place.gravity = word.text; break;
        case FilmWordKind::Filler: break;
    }
    if (setting.subject) {
        const auto seen = bring(*setting.subject, {});
        Ref ref;
        if (!seen.empty()) ref.entry = seen.front();
        else ref.part = setting.subject->part;
        if (!ref.empty()) shot().camera_subject = ref;
    }
}

}  // namespace script
