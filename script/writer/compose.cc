#include "script/writer/compose.h"

#include <algorithm>

#include "base/text/text.h"
#include "script/prompt/clause.h"
#include "script/prompt/token.h"
#include "script/shots/fields.h"
#include "script/words/cut.h"
#include "script/writer/story.h"
#include "script/writer/timing.h"

namespace script {
namespace {

// Keeps at most kMostWords words, cut at the last full stop before that if there is one.
void limit_words(std::vector<Token>& tokens, size_t& read_bytes) {
    if (tokens.empty() || tokens.back().word < static_cast<int>(kMostWords)) return;
    size_t cut = 0, stop = 0;
    for (size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i].word >= static_cast<int>(kMostWords)) break;
        cut = i + 1;
        const bool sentence_end =
            tokens[i].kind == TokenKind::Punct && (tokens[i].text == "." || tokens[i].text == "\n");
        if (sentence_end) stop = i + 1;
    }
    tokens.resize(stop > 0 ? stop : cut);
    read_bytes = tokens.empty() ? 0 : tokens.back().end;
}

std::string title_of(std::string_view prompt) {
    const std::string_view text = base::trim(prompt);
    size_t end = std::min<size_t>(text.size(), 80);
    for (size_t i = 0; i < end; ++i) {
        if (text[i] == '.' || text[i] == '\n' || text[i] == '!' || text[i] == '?') {
            end = i;
            break;
        }
    }
    while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80)
        --end;
    std::string title(base::trim(text.substr(0, end)));
    return title.empty() ? "Untitled" : title;
}

// Part of a prompt as a telling of its own: one line, without what joined it to its neighbours.
std::string told_words(std::string_view part) {
    static constexpr std::string_view kJoints[] = {"and", "but", "then", "while", "as", "when"};
    const auto joint = [](const std::string& word) {
        return word.find_first_not_of(",;:-") == std::string::npos ||
               std::find(std::begin(kJoints), std::end(kJoints), base::to_lower_ascii(word)) !=
                   std::end(kJoints);
    };
    std::string line(part);
    std::replace_if(
        line.begin(), line.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
    std::vector<std::string> words = base::split(line, ' ');
    std::erase(words, "");
    while (!words.empty() && joint(words.back())) words.pop_back();
    std::string told = base::join(words, " ");
    while (!told.empty() && std::string_view(",;:").find(told.back()) != std::string_view::npos)
        told.pop_back();
    return cut_utf8(told, kLongestDescription);
}

std::string name_of(const Cast& cast, const Ref& ref) {
    if (ref.entry >= 0) return cast[ref.entry].member.id;
    return ref.part;
}

Action finished(const Cast& cast, const DraftAction& draft) {
    Action action = draft.action;
    action.subject = name_of(cast, draft.subject);
    action.object = name_of(cast, draft.object);
    action.instrument = name_of(cast, draft.instrument);
    action.target = name_of(cast, draft.target);
    action.outcome.target = name_of(cast, draft.outcome_target);
    if (action.object == action.subject) action.object.clear();
    if (action.target == action.subject && !action.target.empty()) {
        action.target.clear();
        action.path.clear();
    }
    const std::string& outcome = action.outcome.kind;
    if ((outcome == "hits" || outcome == "lands_on") && action.outcome.target.empty())
        action.outcome = {};
    return action;
}

// What somebody came with is in the hand, unless something else is done with it.
void hold_things(const Cast& cast, Shot& shot) {
    const auto present = [&](const std::string& id) {
        return std::find(shot.cast.begin(), shot.cast.end(), id) != shot.cast.end();
    };
    for (const CastEntry& entry : cast.entries()) {
        if (entry.held_by < 0) continue;
        const std::string &thing = entry.member.id, &holder = cast[entry.held_by].member.id;
        const bool used =
            std::any_of(shot.actions.begin(), shot.actions.end(), [&](const Action& a) {
                return a.subject == thing || a.object == thing || a.instrument == thing;
            });
        if (used || !present(thing) || !present(holder)) continue;
        Action hold;
        hold.verb = "hold";
        hold.subject = holder;
        hold.object = thing;
        shot.actions.push_back(std::move(hold));
    }
}

}  // namespace

std::string without_nul(std::string_view text) {
    std::string plain(text);
    std::replace(plain.begin(), plain.end(), '\0', ' ');
    return plain;
}

Composed compose(std::string_view raw_prompt, const WriteOptions& options) {
    const std::string prompt = without_nul(raw_prompt);
    Composed out;
    std::vector<Token> tokens = tokenize(prompt);
    out.read_bytes = prompt.size();
    limit_words(tokens, out.read_bytes);
    Story story = tell(read_clauses(tokens), most_shots(options.seconds, options.fps, kMaxShots),
                       prompt.size());
    story.cast.name_all();

    ShotList& list = out.list;
    list.title = title_of(prompt);
    list.prompt = prompt;
    list.width_px = options.width_px;
    list.height_px = options.height_px;
    list.fps = options.fps;
    list.seed = options.seed;
    list.style = options.style.value_or(story.style.value_or(Style::Realistic));
    list.asked = story.asked;
    for (const CastEntry& entry : story.cast.entries()) {
        CastMember member = entry.member;
        if (entry.on >= 0) member.on = story.cast[entry.on].member.id;
        else member.on = entry.on_part;
        if (entry.usual_count_said) {
            list.asked.push_back("count:" + member.id + "=" + std::to_string(member.count));
        }
        list.cast.push_back(std::move(member));
    }
    std::vector<std::optional<double>> wanted;
    for (const DraftShot& shot : story.shots) wanted.push_back(shot.seconds);
    const auto seconds = shot_lengths(wanted, story.seconds, options.seconds, options.fps);
    for (size_t i = 0; i < story.shots.size(); ++i) {
        const DraftShot& draft = story.shots[i];
        Shot shot;
        shot.seconds = seconds[i];
        shot.place = draft.place;
        shot.camera = draft.camera;
        if (draft.camera_subject) shot.camera.subject = name_of(story.cast, *draft.camera_subject);
        shot.time_scale = draft.time_scale;
        shot.continues = i > 0 && draft.continues;
        // Whoever stood there before a cut still stands there.
        std::vector<int> present = draft.present;
        if (shot.continues) {
            for (const CastEntry& entry : story.cast.entries()) {
                const int index = static_cast<int>(&entry - story.cast.entries().data());
                const auto& before = list.shots.back().cast;
                const bool was =
                    std::find(before.begin(), before.end(), entry.member.id) != before.end();
                if (was && std::find(present.begin(), present.end(), index) == present.end())
                    present.push_back(index);
            }
        }
        std::sort(present.begin(), present.end());
        for (const int entry : present) shot.cast.push_back(story.cast[entry].member.id);
        for (const DraftAction& action : draft.actions)
            shot.actions.push_back(finished(story.cast, action));
        hold_things(story.cast, shot);
        shot.dialogue = draft.dialogue;
        for (size_t k = 0; k < shot.dialogue.size(); ++k) {
            if (draft.speakers[k] >= 0)
                shot.dialogue[k].speaker = story.cast[draft.speakers[k]].member.id;
        }
        shot.sound = draft.sound;
        shot.asked = draft.asked;
        shot.description =
            told_words(std::string_view(prompt).substr(draft.begin, draft.end - draft.begin));
        list.shots.push_back(std::move(shot));
    }
    out.replaced = std::move(story.cast.replaced);
    return out;
}

}  // namespace script
