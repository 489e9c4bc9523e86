// Every action, noun and set of the language can be staged and rehearsed: no crash, no error, no
// NaN.
#include <gtest/gtest.h>

#include <cmath>

#include "script/words/action.h"
#include "script/words/noun.h"
#include "script/words/set.h"
#include "studio/director/rehearsal.h"

namespace {

script::ShotList scene(const std::string& set, std::vector<script::CastMember> cast,
                       script::Action action) {
    script::ShotList list;
    list.width_px = 64;
    list.height_px = 36;
    list.fps = 12;
    list.cast = std::move(cast);
    script::Shot shot;
    shot.seconds = 0.75;
    shot.place.set = set;
    shot.actions.push_back(std::move(action));
    list.shots.push_back(shot);
    return list;
}

script::CastMember member(const std::string& id, const std::string& kind, int count = 1) {
    script::CastMember m;
    m.id = id;
    m.kind = kind;
    m.count = count;
    return m;
}

void expect_rehearses(const script::ShotList& list, const std::string& what) {
    const auto run = studio::rehearse(list, 0, nullptr, nullptr, {}, 1, nullptr, {});
    ASSERT_TRUE(run.ok()) << what << ": " << run.error().text();
    for (const studio::BodyTrack& track : run->tracks) {
        for (const world::TrackSample& sample : track.samples) {
            ASSERT_TRUE(std::isfinite(base::length(sample.position_m)))
                << what << ": " << track.name;
            ASSERT_LT(base::length(sample.position_m), 500) << what << ": " << track.name;
        }
    }
}

TEST(EveryWord, ActionsOfThingsCanBeStaged) {
    for (const script::ActionFrame& action : script::actions()) {
        script::Action a;
        a.verb = action.name;
        a.subject = "ball";
        a.object = "box";
        const std::string set = action.set.empty() ? "studio" : std::string(action.set);
        expect_rehearses(scene(set, {member("ball", "ball"), member("box", "box")}, a),
                         std::string(action.name) + " by a ball");
    }
}

TEST(EveryWord, ActionsOfPersonsCanBeStaged) {
    for (const script::ActionFrame& action : script::actions()) {
        script::Action a;
        a.verb = action.name;
        a.subject = "woman";
        a.object = "ball";
        const std::string set = action.set.empty() ? "studio" : std::string(action.set);
        expect_rehearses(scene(set, {member("woman", "person"), member("ball", "ball")}, a),
                         std::string(action.name) + " by a person");
    }
}

TEST(EveryWord, ActionsOfAnimalsAndGroupsCanBeStaged) {
    for (const script::ActionFrame& action : script::actions()) {
        script::Action a;
        a.verb = action.name;
        a.subject = "dogs";
        expect_rehearses(scene("park", {member("dogs", "dog", 2)}, a),
                         std::string(action.name) + " by dogs");
    }
}

TEST(EveryWord, NounsCanFall) {
    for (const script::Noun& noun : script::nouns()) {
        script::Action a;
        a.verb = "drop";
        a.subject = "it";
        expect_rehearses(scene("studio", {member("it", std::string(noun.kind))}, a),
                         std::string(noun.kind));
    }
}

TEST(EveryWord, SetsCanBePlayedIn) {
    for (const script::Set& set : script::sets()) {
        script::Action a;
        a.verb = "drop";
        a.subject = "it";
        expect_rehearses(scene(std::string(set.name), {member("it", "ball", 3)}, a),
                         std::string(set.name));
    }
}

}  // namespace
