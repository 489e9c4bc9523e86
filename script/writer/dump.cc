#include "script/writer/dump.h"

#include <cstdio>

#include "script/words/film_words.h"

namespace script {
namespace {

class Dumper {
public:
    explicit Dumper(std::string& out) : out_(out) {}

    void text(const char* name, const std::string& value) {
        if (value.empty()) return;
        out_ += ' ';
        out_ += name;
        out_ += '=';
        out_ += value;
    }
    void number(const char* name, double value) {
        char digits[40];
        std::snprintf(digits, sizeof digits, " %s=%.9g", name, value);
        out_ += digits;
    }
    void optional(const char* name, const std::optional<double>& value) {
        if (value) number(name, *value);
    }
    void flag(const char* name, bool value) {
        if (value) text(name, "yes");
    }
    void line(const char* name) {
        out_ += '\n';
        out_ += name;
    }

private:
    std::string& out_;
};

void dump_member(Dumper& out, const CastMember& member) {
    out.line("cast");
    out.text("id", member.id);
    out.text("kind", member.kind);
    out.text("material", member.material);
    out.text("colour", member.colour);
    if (member.count != 1) out.number("count", member.count);
    static constexpr const char* kArrangements[] = {"",      "row",       "circle",  "spiral",
                                                    "stack", "tower",     "pyramid", "wall",
                                                    "grid",  "scattered", "rack"};
    out.text("arrangement", kArrangements[static_cast<int>(member.arrangement)]);
    out.optional("size_m", member.size_m);
    out.optional("mass_kg", member.mass_kg);
    out.text("on", member.on);
    out.text("role", member.look.role);
    out.text("sex", member.look.sex);
    out.text("age", member.look.age);
    out.text("hair", member.look.hair);
    out.text("wearing", member.look.wearing);
    out.text("voice", member.voice);
}

void dump_action(Dumper& out, const Action& action) {
    out.line("  do");
    out.text("verb", action.verb);
    out.text("subject", action.subject);
    out.text("object", action.object);
    out.text("instrument", action.instrument);
    out.text("path", action.path);
    out.text("target", action.target);
    out.optional("height_m", action.height_m);
    out.optional("distance_m", action.distance_m);
    out.optional("speed_mps", action.speed_mps);
    out.optional("angle_deg", action.angle_deg);
    if (action.times != 0) out.number("times", action.times);
    out.text("manner", action.manner);
    out.flag("then", action.after_previous);
    out.text("outcome", action.outcome.kind);
    if (action.outcome.count != 0) out.number("outcome_count", action.outcome.count);
    out.text("outcome_target", action.outcome.target);
}

void dump_shot(Dumper& out, const Shot& shot) {
    out.line("shot");
    out.number("seconds", shot.seconds);
    out.text("set", shot.place.set);
    out.text("floor", shot.place.floor);
    out.text("wall", shot.place.wall);
    out.text("time", std::string(time_name(shot.place.time)));
    out.text("weather", std::string(weather_name(shot.place.weather)));
    out.text("gravity", shot.place.gravity);
    out.text("framing", std::string(framing_name(shot.camera.framing)));
    if (shot.camera.move != CameraMove::Static) {
        out.text("move", std::string(move_name(shot.camera.move)));
    }
    out.flag("handheld", shot.camera.handheld);
    out.text("camera_subject", shot.camera.subject);
    out.optional("lens_mm", shot.camera.lens_mm);
    out.optional("f", shot.camera.depth_of_field_f);
    if (shot.time_scale != 1) out.number("time_scale", shot.time_scale);
    out.flag("continues", shot.continues);
    for (const std::string& id : shot.cast) out.text("with", id);
    for (const std::string& word : shot.sound) out.text("sound", word);
    for (const std::string& word : shot.asked) out.text("asked", word);
    for (const Action& action : shot.actions) dump_action(out, action);
    for (const Line& line : shot.dialogue) {
        out.line("  say");
        out.text("speaker", line.speaker);
        out.text("text", line.text);
        out.text("manner", line.manner);
        out.optional("start_s", line.start_s);
    }
}

}  // namespace

std::string dump(const ShotList& list) {
    std::string text;
    Dumper out(text);
    out.line("film");
    out.number("width", list.width_px);
    out.number("height", list.height_px);
    out.number("fps", list.fps);
    out.number("seed", static_cast<double>(list.seed));
    out.text("style", std::string(style_name(list.style)));
    for (const std::string& word : list.asked) out.text("asked", word);
    for (const CastMember& member : list.cast) dump_member(out, member);
    for (const Shot& shot : list.shots) dump_shot(out, shot);
    return text;
}

}  // namespace script
