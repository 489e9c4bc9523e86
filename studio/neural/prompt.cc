#include "studio/neural/prompt.h"

#include <algorithm>
#include <cctype>
#include <set>

#include "base/text/text.h"
#include "script/screenplay/from_shots.h"
#include "script/words/film_words.h"

namespace studio {
namespace {

using script::CameraMove;
using script::Framing;
using script::Style;
using script::TimeOfDay;
using script::Weather;

std::string framing_words(Framing framing) {
    switch (framing) {
        case Framing::Auto: return "";
        case Framing::ExtremeWide: return "An extreme wide shot";
        case Framing::Wide: return "A wide shot";
        case Framing::Medium: return "A medium shot";
        case Framing::CloseUp: return "A close-up";
        case Framing::ExtremeCloseUp: return "An extreme close-up";
        case Framing::Top: return "A shot from straight above";
        case Framing::Low: return "A low-angle shot";
        case Framing::PointOfView: return "A point-of-view shot";
    }
    return "";
}

std::string move_words(CameraMove move) {
    switch (move) {
        case CameraMove::Static: return "stays still";
        case CameraMove::Tracking: return "follows the action smoothly";
        case CameraMove::DollyIn: return "slowly moves closer";
        case CameraMove::DollyOut: return "slowly moves back";
        case CameraMove::PanLeft: return "pans to the left";
        case CameraMove::PanRight: return "pans to the right";
        case CameraMove::TiltUp: return "tilts up";
        case CameraMove::TiltDown: return "tilts down";
        case CameraMove::Orbit: return "circles around the subject";
        case CameraMove::CraneUp: return "rises";
        case CameraMove::CraneDown: return "sinks";
        case CameraMove::ZoomIn: return "zooms in";
        case CameraMove::ZoomOut: return "zooms out";
        case CameraMove::Handheld: return "is handheld, with a slight shake";
    }
    return "";
}

std::string style_words(Style style) {
    switch (style) {
        case Style::Realistic: return "Realistic, cinematic lighting, natural colours.";
        case Style::Clay:
            return "Stop-motion claymation: everything is modelled in clay, with visible "
                   "fingerprints.";
        case Style::Anime: return "Hand-drawn anime with clean ink lines and flat shading.";
        case Style::Noir: return "Black-and-white film noir with hard shadows and high contrast.";
    }
    return "";
}

std::string time_words(TimeOfDay time) {
    switch (time) {
        case TimeOfDay::Unset: return "";
        case TimeOfDay::Dawn: return "at dawn";
        case TimeOfDay::Day: return "in daylight";
        case TimeOfDay::Sunset: return "at sunset";
        case TimeOfDay::Night: return "at night";
    }
    return "";
}

std::string weather_words(Weather weather) {
    switch (weather) {
        case Weather::Unset: return "";
        case Weather::Clear: return "under a clear sky";
        case Weather::Cloudy: return "under clouds";
        case Weather::Rain: return "in the rain";
        case Weather::Snow: return "in falling snow";
        case Weather::Fog: return "in fog";
        case Weather::Wind: return "in strong wind";
    }
    return "";
}

std::string spaced(std::string words) {
    for (char& c : words) {
        if (c == '_') c = ' ';
    }
    return words;
}

bool has_word(const std::string& text, const std::string& word) {
    return base::to_lower_ascii(text).find(base::to_lower_ascii(word)) != std::string::npos;
}

// A sentence: a capital first, a full stop last.
std::string sentence(std::string text) {
    text = std::string(base::trim(text));
    if (text.empty()) return text;
    text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
    const char last = text.back();
    if (last != '.' && last != '!' && last != '?' && last != '"') text += '.';
    return text;
}

class Paragraph {
public:
    void add(const std::string& text) {
        const std::string whole = sentence(text);
        if (whole.empty()) return;
        if (!text_.empty()) text_ += ' ';
        text_ += whole;
    }
    const std::string& text() const { return text_; }

private:
    std::string text_;
};

std::string place_sentence(const script::Shot& shot, const std::string& told) {
    std::string words;
    const std::string set = spaced(shot.place.set);
    if (!set.empty() && !has_word(told, set)) words = "The scene is set in a place like a " + set;
    for (const std::string& more :
         {time_words(shot.place.time), weather_words(shot.place.weather)}) {
        if (more.empty() || has_word(told, more.substr(more.rfind(' ') + 1))) continue;
        words += words.empty() ? "The scene takes place " + more : ", " + more;
    }
    return words;
}

// Does `told` say all of `phrase` but its articles?
bool says(const std::string& told, const std::string& phrase) {
    for (const std::string& word : base::split(phrase, ' ')) {
        if (word != "a" && word != "an" && word != "in" && !has_word(told, word)) return false;
    }
    return true;
}

// Who acts in this shot and was seen before, as they look: "it breaks" says neither.
std::string carried_sentence(const script::ShotList& list, const script::Shot& shot,
                             const std::set<std::string>& seen, const std::string& told) {
    std::vector<std::string> ids;
    const auto add = [&](const std::string& id) {
        if (seen.count(id) && std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
    };
    for (const script::Action& action : shot.actions) {
        for (const std::string* id :
             {&action.subject, &action.object, &action.instrument, &action.target}) {
            add(*id);
        }
    }
    for (const script::Line& line : shot.dialogue) add(line.speaker);
    std::vector<std::string> looks;
    for (const std::string& id : ids) {
        const std::string look = script::introduction_of(list, id);
        if (!look.empty() && !says(told, look)) looks.push_back(look);
    }
    return looks.empty() ? "" : "Seen before and unchanged: " + base::join(looks, ", ");
}

std::string camera_sentence(const script::Shot& shot) {
    std::string words = framing_words(shot.camera.framing);
    std::string move = move_words(shot.camera.handheld ? CameraMove::Handheld : shot.camera.move);
    if (words.empty()) return "The camera " + move;
    return words + "; the camera " + move;
}

std::string paragraph_of(const script::ShotList& list, const script::Shot& shot,
                         const std::set<std::string>& seen, std::vector<std::string>& mentioned) {
    Paragraph paragraph;
    const std::string own = script::sentences_of(shot, list, mentioned);
    const bool whole = list.shots.size() == 1 && !list.prompt.empty();
    const std::string told = whole                       ? list.prompt
                             : !shot.description.empty() ? shot.description
                             : !own.empty()              ? own
                                                         : list.prompt;
    paragraph.add(told);
    // What the list knows of a shot is less than the words say: they stand beside it.
    if (!whole && shot.description.empty() && !list.prompt.empty() && told != list.prompt)
        paragraph.add("One moment of this story: " + list.prompt);
    if (!shot.description.empty()) paragraph.add(carried_sentence(list, shot, seen, told));
    paragraph.add(place_sentence(shot, told));
    if (shot.time_scale < 1) paragraph.add("Slow motion");
    paragraph.add(camera_sentence(shot));
    for (const script::Line& line : shot.dialogue) {
        if (told.find(line.text) != std::string::npos) continue;  // the words say it already
        const std::string who =
            line.speaker.empty() ? "A voice off screen" : "The " + spaced(line.speaker);
        paragraph.add(who + " says" + (line.manner.empty() ? "" : ", " + line.manner) + ": \"" +
                      line.text + "\"");
    }
    std::vector<std::string> heard;
    for (const std::string& sound : shot.sound) heard.push_back(spaced(sound));
    if (!heard.empty()) paragraph.add("The sound: " + base::join(heard, ", "));
    paragraph.add(style_words(list.style));
    return paragraph.text();
}

}  // namespace

std::vector<std::string> neural_prompts(const script::ShotList& list) {
    std::vector<std::string> prompts, mentioned;
    std::set<std::string> seen;
    for (const script::Shot& shot : list.shots) {
        prompts.push_back(paragraph_of(list, shot, seen, mentioned));
        seen.insert(shot.cast.begin(), shot.cast.end());
    }
    return prompts;
}

neural::FilmPlan neural_plan(const script::ShotList& list) {
    neural::FilmPlan plan;
    const std::vector<std::string> prompts = neural_prompts(list);
    for (size_t i = 0; i < list.shots.size(); ++i) {
        // The world goes on through a cut, the picture does not.
        const std::vector<std::string>& asked = list.shots[i].asked;
        const bool one_take = i > 0 && list.shots[i].continues &&
                              std::find(asked.begin(), asked.end(), "continues") != asked.end();
        plan.shots.push_back({prompts[i], list.shots[i].seconds, one_take});
    }
    plan.width_px = list.width_px;
    plan.height_px = list.height_px;
    plan.fps = list.fps;
    plan.seed = list.seed;
    return plan;
}

}  // namespace studio
