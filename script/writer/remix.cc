#include "script/writer/remix.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/text/text.h"
#include "script/writer/compose.h"
#include "script/writer/dump.h"
#include "script/writer/edit.h"
#include "script/writer/report.h"

namespace script {
namespace {

base::Status check_text(std::string_view prompt) {
    if (!::base::is_valid_utf8(prompt)) {
        return ::base::usage_error("the prompt is not valid UTF-8; save or send it as UTF-8",
                                   "prompt");
    }
    if (::base::trim(prompt).empty()) {
        return ::base::usage_error("the prompt is empty; say what should change", "prompt");
    }
    return {};
}

WriteOptions options_of(const ShotList& base) {
    WriteOptions options;
    options.width_px = base.width_px;
    options.height_px = base.height_px;
    options.fps = base.fps;
    options.seed = base.seed;
    return options;
}

bool same_thing(const CastMember& a, const CastMember& b) {
    return a.kind == b.kind && (b.material.empty() || a.material == b.material) &&
           (b.colour.empty() || a.colour == b.colour);
}

// Gives new entries names that the film has not used; entries that are already there keep theirs.
std::map<std::string, std::string> join_cast(ShotList& film, const ShotList& more) {
    std::map<std::string, std::string> names;
    const auto taken = [&](const std::string& id, int count) {
        for (const CastMember& member : film.cast) {
            for (int n = 1; n <= member.count; ++n) {
                const std::string body = n == 1 ? member.id : member.id + "_" + std::to_string(n);
                for (int k = 1; k <= count; ++k) {
                    if (body == (k == 1 ? id : id + "_" + std::to_string(k))) return true;
                }
            }
        }
        return false;
    };
    for (const CastMember& member : more.cast) {
        const auto old =
            std::find_if(film.cast.begin(), film.cast.end(),
                         [&](const CastMember& one) { return same_thing(one, member); });
        if (old != film.cast.end()) {
            names[member.id] = old->id;
            continue;
        }
        CastMember fresh = member;
        for (int n = 2; taken(fresh.id, fresh.count); ++n)
            fresh.id = member.id + "_" + std::to_string(n);
        names[member.id] = fresh.id;
        film.cast.push_back(std::move(fresh));
    }
    return names;
}

void rename(std::string& id, const std::map<std::string, std::string>& names) {
    if (const auto found = names.find(id); found != names.end()) id = found->second;
}

ShotList extended(const ShotList& base, const ShotList& more) {
    ShotList film = base;
    const auto names = join_cast(film, more);
    for (size_t i = base.cast.size(); i < film.cast.size(); ++i) rename(film.cast[i].on, names);
    bool first = true;
    for (Shot shot : more.shots) {
        const Shot& before = film.shots.back();
        const bool place_said =
            std::any_of(shot.asked.begin(), shot.asked.end(),
                        [](const std::string& word) { return ::base::starts_with(word, "set:"); });
        const bool elsewhere = first && place_said && shot.place.set != before.place.set;
        if (first && !elsewhere) {
            Place place = before.place;
            if (shot.place.time != TimeOfDay::Unset) place.time = shot.place.time;
            if (shot.place.weather != Weather::Unset) place.weather = shot.place.weather;
            if (!shot.place.gravity.empty()) place.gravity = shot.place.gravity;
            shot.place = place;
            shot.continues = true;
            shot.asked.push_back("continues");
            for (const std::string& id : before.cast) {
                if (std::find(shot.cast.begin(), shot.cast.end(), id) == shot.cast.end())
                    shot.cast.push_back(id);
            }
        } else if (!first && shot.continues) {
            shot.place.set = before.place.set;
        }
        for (std::string& id : shot.cast) rename(id, names);
        std::vector<std::string> once;
        for (const std::string& id : shot.cast) {
            if (std::find(once.begin(), once.end(), id) == once.end()) once.push_back(id);
        }
        shot.cast = std::move(once);
        rename(shot.camera.subject, names);
        for (Action& action : shot.actions) {
            for (std::string* id : {&action.subject, &action.object, &action.instrument,
                                    &action.target, &action.outcome.target}) {
                rename(*id, names);
            }
        }
        for (Line& line : shot.dialogue) rename(line.speaker, names);
        film.shots.push_back(std::move(shot));
        first = false;
    }
    return film;
}

// What one shot shows, without its length and the words it came from.
std::string shown(const ShotList& list, const Shot& shot) {
    ShotList one;
    one.style = list.style;
    for (const CastMember& member : list.cast) {
        if (std::find(shot.cast.begin(), shot.cast.end(), member.id) != shot.cast.end())
            one.cast.push_back(member);
    }
    one.shots = {shot};
    one.shots.front().seconds = 1;
    return dump(one);
}

// Words that told of something else before the change would be wrong now.
void drop_old_words(const ShotList& before, ShotList& after) {
    for (size_t i = 0; i < after.shots.size() && i < before.shots.size(); ++i) {
        if (shown(before, before.shots[i]) != shown(after, after.shots[i]))
            after.shots[i].description.clear();
    }
}

}  // namespace

base::Result<Written> remix_shot_list(const ShotList& base, std::string_view prompt) {
    TRY(check_text(prompt));
    Written written;
    if (tells_story(prompt)) {
        WriteOptions options = options_of(base);
        const auto told = [&](std::string_view text) {
            Composed composed = compose(text, options);
            // A story that names no style keeps the film's.
            const bool said = composed.list.style != Style::Realistic ||
                              std::find(composed.list.asked.begin(), composed.list.asked.end(),
                                        "style:realistic") != composed.list.asked.end();
            if (!said) composed.list.style = base.style;
            return composed;
        };
        Composed composed = told(prompt);
        written.report =
            report_words(prompt, composed.read_bytes, std::move(composed.replaced),
                         [&](const std::string& text) { return dump(told(text).list); });
        written.shots = std::move(composed.list);
        return written;
    }
    Edited edited = edit(base, prompt);
    drop_old_words(base, edited.list);
    edited.list.prompt =
        base.prompt.empty() ? without_nul(prompt) : base.prompt + "\n" + without_nul(prompt);
    if (edited.list.prompt.size() > 200'000)
        edited.list.prompt = without_nul(prompt.substr(0, 200'000));
    written.report =
        report_words(prompt, prompt.size(), std::move(edited.replaced),
                     [&](const std::string& text) { return dump(edit(base, text).list); });
    written.shots = std::move(edited.list);
    return written;
}

base::Result<Written> extend_shot_list(const ShotList& base, std::string_view prompt,
                                       std::optional<double> seconds) {
    TRY(check_text(prompt));
    if (base.shots.empty())
        return ::base::usage_error("the film to go on with has no shots", "/shots");
    if (seconds && !(*seconds > 0 && std::isfinite(*seconds))) {
        return ::base::usage_error("the length must be above 0 seconds", "seconds");
    }
    WriteOptions options = options_of(base);
    options.seconds = seconds;
    Composed composed = compose(prompt, options);
    Written written;
    written.shots = extended(base, composed.list);
    written.shots.prompt =
        base.prompt.empty() ? without_nul(prompt) : base.prompt + "\n" + without_nul(prompt);
    if (written.shots.prompt.size() > 200'000) written.shots.prompt.resize(0);
    written.report = report_words(
        prompt, composed.read_bytes, std::move(composed.replaced),
        [&](const std::string& text) { return dump(extended(base, compose(text, options).list)); });
    return written;
}

}  // namespace script
