#include "script/screenplay/to_shots.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <set>

#include "base/text/text.h"
#include "script/screenplay/emphasis.h"
#include "script/screenplay/pieces.h"
#include "script/screenplay/place_words.h"
#include "script/screenplay/speakers.h"
#include "script/shots/choices.h"
#include "script/shots/fields.h"
#include "script/shots/lengths.h"
#include "script/shots/suggest.h"
#include "script/words/cut.h"

namespace script {
namespace {

constexpr double kUsualSeconds = 4;      // of a shot in which nobody measured anything
constexpr double kWordsPerSecond = 2.4;  // unhurried English speech, about 145 words a minute
constexpr double kPausePerLineSeconds = 0.7;

std::string where(std::string_view name, const Span& span) {
    return std::string(name) + ":" + std::to_string(std::max(1, span.line)) + ":" +
           std::to_string(std::max(1, span.column));
}

// Title page first, then what the caller set otherwise than usual.
void set_film(const Screenplay& play, const WriteOptions& options, ShotList& list, Report& report) {
    const WriteOptions usual;
    list.title = base::join(base::split(plain_text(play.title_value("title")), '\n'), " ");
    if (list.title.size() > 200) list.title.clear();
    list.width_px = options.width_px;
    list.height_px = options.height_px;
    list.fps = options.fps;
    list.seed = options.seed;
    const auto refuse = [&](const char* key, const std::string& value) {
        report.left_out.push_back(std::string("title page, ") + key + ": " + value);
    };
    if (const std::string size = play.title_value("size"); !size.empty()) {
        int width = 0, height = 0;
        const bool fine = std::sscanf(size.c_str(), "%dx%d", &width, &height) == 2 &&
                          std::min(width, height) >= kSmallestSidePx &&
                          std::max(width, height) <= kLargestSidePx && width % 2 == 0 &&
                          height % 2 == 0;
        if (!fine) {
            refuse("Size", size);
        } else if (options.width_px == usual.width_px && options.height_px == usual.height_px) {
            list.width_px = width;
            list.height_px = height;
        }
    }
    if (const std::string fps = play.title_value("fps"); !fps.empty()) {
        const auto value = leading_number(fps);
        if (!value || !(*value >= 1 && *value <= 120)) refuse("FPS", fps);
        else if (options.fps == usual.fps) list.fps = *value;
    }
    if (const std::string seed = play.title_value("seed"); !seed.empty()) {
        const bool digits = seed.find_first_not_of("0123456789") == std::string::npos;
        if (!digits || seed.size() > 19) refuse("Seed", seed);
        else if (options.seed == usual.seed) list.seed = std::stoull(seed);
    }
    if (const std::string style = play.title_value("style"); !style.empty()) {
        ShotHints hints;
        std::string problem;
        read_hint("style: " + style, hints, problem);
        if (hints.style) list.style = *hints.style;
        else refuse("Style", style + " (" + problem + ")");
    }
}

// All pieces through the prompt writer at once, so that "the ball" of the second shot is the ball
// of the first. The writer may cut at other places than the screenplay; then nullopt.
base::Result<std::optional<Written>> write_together(const std::vector<Piece>& pieces,
                                                    const WriteOptions& options,
                                                    const PromptWriter& write) {
    std::string prompt;
    size_t expected = 0;
    for (const Piece& piece : pieces) {
        if (piece.action.empty()) continue;
        if (expected++ > 0) prompt += "\nCut to: ";
        prompt += piece.new_scene ? with_place(piece.action, piece.heading) : piece.action;
    }
    if (expected == 0) return std::optional<Written>(Written{});
    Written written = TRY(write(prompt, options));
    if (written.shots.shots.size() != expected) return std::optional<Written>();
    return std::optional<Written>(std::move(written));
}

// Every piece by itself; the casts are joined by name.
base::Result<Written> write_apart(const std::vector<Piece>& pieces, const WriteOptions& options,
                                  const PromptWriter& write) {
    Written all;
    for (const Piece& piece : pieces) {
        if (piece.action.empty()) continue;
        Written one = TRY(write(with_place(piece.action, piece.heading), options));
        all.shots.style = one.shots.style;
        for (CastMember& member : one.shots.cast) {
            const auto same =
                std::find_if(all.shots.cast.begin(), all.shots.cast.end(),
                             [&](const CastMember& known) { return known.id == member.id; });
            if (same == all.shots.cast.end()) all.shots.cast.push_back(std::move(member));
            else same->count = std::max(same->count, member.count);
        }
        // A piece is one shot: what the writer cut happens one after the other.
        Shot shot = one.shots.shots.front();
        for (size_t i = 1; i < one.shots.shots.size(); ++i) {
            Shot& more = one.shots.shots[i];
            if (!more.actions.empty()) more.actions.front().after_previous = true;
            shot.seconds += more.seconds;
            shot.actions.insert(shot.actions.end(), more.actions.begin(), more.actions.end());
            shot.dialogue.insert(shot.dialogue.end(), more.dialogue.begin(), more.dialogue.end());
        }
        all.shots.shots.push_back(std::move(shot));
        const auto append = [](auto& to, const auto& from) {
            to.insert(to.end(), from.begin(), from.end());
        };
        append(all.report.understood, one.report.understood);
        append(all.report.replaced, one.report.replaced);
        append(all.report.left_out, one.report.left_out);
    }
    return all;
}

void apply_hints(const ShotHints& hints, const ShotList& list, Shot& shot) {
    if (hints.framing) shot.camera.framing = *hints.framing;
    if (hints.move) shot.camera.move = *hints.move;
    if (hints.handheld) shot.camera.handheld = true;
    if (hints.lens_mm) shot.camera.lens_mm = hints.lens_mm;
    if (hints.f_number) shot.camera.depth_of_field_f = hints.f_number;
    if (hints.time_scale) shot.time_scale = *hints.time_scale;
    if (hints.set) shot.place.set = *hints.set;
    if (hints.floor) shot.place.floor = *hints.floor;
    if (hints.wall) shot.place.wall = *hints.wall;
    if (hints.gravity) shot.place.gravity = *hints.gravity;
    if (hints.time) shot.place.time = *hints.time;
    if (hints.weather) shot.place.weather = *hints.weather;
    if (!hints.sound.empty()) shot.sound = hints.sound;
    if (!hints.camera_subject.empty()) {
        const std::string id = cast_id_of(list, hints.camera_subject);
        if (!id.empty()) shot.camera.subject = id;
    }
}

// Whoever speaks on the screen does so as an action, as the prompt writer has it.
void add_speaking(const std::string& speaker, Shot& shot) {
    const bool seen = std::find(shot.cast.begin(), shot.cast.end(), speaker) != shot.cast.end();
    for (const Action& action : shot.actions) {
        if (action.verb == "speak" && action.subject == speaker) return;
    }
    if (speaker.empty() || !seen) return;
    Action speak;
    speak.verb = "speak";
    speak.subject = speaker;
    speak.after_previous = !shot.actions.empty();
    shot.actions.push_back(std::move(speak));
}

double speech_seconds(const Shot& shot) {
    double seconds = 0;
    for (const Line& line : shot.dialogue) {
        const auto spaces = std::count(line.text.begin(), line.text.end(), ' ');
        seconds += static_cast<double>(spaces + 1) / kWordsPerSecond + kPausePerLineSeconds;
    }
    return seconds;
}

}  // namespace

base::Result<Written> shot_list_from_screenplay(std::string_view fountain, std::string_view name,
                                                const WriteOptions& options,
                                                const PromptWriter& write) {
    const std::string file(name);
    if (!base::is_valid_utf8(fountain)) {
        return base::usage_error("the screenplay is not valid UTF-8", file);
    }
    if (options.seconds && !(*options.seconds > 0)) {
        return base::usage_error("the length must be above 0 seconds");
    }
    const Screenplay play = parse_fountain(fountain);
    const CutScreenplay cut = cut_into_pieces(play, name);
    if (cut.pieces.empty()) {
        return base::usage_error(
            "nothing happens in this screenplay and nobody speaks; write a line of action below "
            "the heading",
            file + ":1:1");
    }
    if (cut.pieces.size() > static_cast<size_t>(kMostShots)) {
        return base::usage_error("more than " + std::to_string(kMostShots) + " shots",
                                 where(name, cut.pieces[kMostShots].span));
    }

    WriteOptions each = options;
    each.seconds.reset();
    auto together = write_together(cut.pieces, each, write);
    if (!together.ok()) return base::usage_error(together.error().message, file);
    Written written = *together ? std::move(**together) : TRY(write_apart(cut.pieces, each, write));

    ShotList& list = written.shots;
    const Style style_of_text = list.style;
    set_film(play, options, list, written.report);
    if (list.style == Style::Realistic) list.style = style_of_text;
    list.prompt.clear();

    std::vector<Shot> told = std::move(list.shots);
    list.shots.clear();
    Speakers speakers(list);
    size_t next_told = 0;
    for (const Piece& piece : cut.pieces) {
        Shot shot;
        if (!piece.action.empty()) {
            shot = std::move(told[next_told++]);
            shot.description = cut_utf8(piece.action, kLongestDescription);
        } else {
            shot.seconds = 0;
        }
        shot.continues = piece.hints.continues.value_or(!piece.new_scene && !list.shots.empty());
        apply_heading(piece.heading, shot.place, written.report);
        if (!list.shots.empty() && shot.continues) {
            const Place& before = list.shots.back().place;
            if (shot.place.set.empty()) shot.place.set = before.set;
            if (shot.place.time == TimeOfDay::Unset) shot.place.time = before.time;
            if (shot.place.weather == Weather::Unset) shot.place.weather = before.weather;
            if (shot.place.floor.empty()) shot.place.floor = before.floor;
        }
        for (const SpokenLine& speech : piece.speeches) {
            Line line;
            line.speaker = speakers.speaker(speech, shot);
            line.text = speech.text.substr(0, 2000);
            line.manner = speech.manner.substr(0, 64);
            add_speaking(line.speaker, shot);
            shot.dialogue.push_back(std::move(line));
        }
        apply_hints(piece.hints, list, shot);
        if (piece.hints.style) list.style = *piece.hints.style;
        if (piece.hints.seconds) {
            shot.seconds = *piece.hints.seconds;
        } else {
            if (shot.seconds <= 0 && shot.dialogue.empty()) shot.seconds = kUsualSeconds;
            shot.seconds = std::max(shot.seconds, speech_seconds(shot));
        }
        list.shots.push_back(std::move(shot));
    }
    if (options.style) list.style = *options.style;
    set_lengths(list, options.seconds);
    if (list.seconds() > kMostSeconds * (1 + 1e-9)) {
        return base::usage_error("the film would be longer than " +
                                     std::to_string(static_cast<int>(kMostSeconds)) + " s",
                                 file);
    }
    written.report.left_out.insert(written.report.left_out.end(), cut.left_out.begin(),
                                   cut.left_out.end());
    return written;
}

}  // namespace script
