// The whole way, small: prompts become films; the record means what docs/formats/record.md says and
// the sound is where the events are.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "script/writer/write.h"
#include "studio/director/take.h"
#include "world/record/record.h"

namespace {

constexpr double kG = 9.80665;

struct Film {
    world::MemoryRecord record;
    script::ShotList shots;
    script::Report report;
    std::vector<float> sound;  // mono
    int64_t frames = 0;
    double darkest = 1e9, brightest = 0;  // mean grey level of a frame
};

struct Ask {
    double seconds = 4;
    int width = 96, height = 54;
    double fps = 24;
    bool pictures = true;
    int threads = 2;
};

Film film(const std::string& prompt, const Ask& ask = {}) {
    script::WriteOptions options;
    options.seconds = ask.seconds;
    options.width_px = ask.width;
    options.height_px = ask.height;
    options.fps = ask.fps;
    auto written = script::write_shot_list(prompt, options);
    EXPECT_TRUE(written.ok()) << (written.ok() ? "" : written.error().text());
    Film film;
    film.shots = written->shots;
    studio::TakeOptions take_options;
    take_options.quality = render::Quality::Draft;
    take_options.threads = ask.threads;
    auto take = studio::direct(film.shots, take_options, film.record);
    EXPECT_TRUE(take.ok()) << (take.ok() ? "" : take.error().text());
    if (!take.ok()) return film;
    film.report = (*take)->report();
    for (;;) {
        auto block = (*take)->audio().next();
        EXPECT_TRUE(block.ok());
        if (!block.ok() || !block->has_value()) break;
        const auto& samples = (*block)->samples;
        for (size_t i = 0; i + 1 < samples.size(); i += 2)
            film.sound.push_back(0.5f * (samples[i] + samples[i + 1]));
    }
    while (ask.pictures) {
        auto frame = (*take)->frames().next();
        EXPECT_TRUE(frame.ok()) << (frame.ok() ? "" : frame.error().text());
        if (!frame.ok() || !frame->has_value()) break;
        ++film.frames;
        double sum = 0;
        for (const uint8_t byte : (*frame)->image.data) sum += byte;
        const double mean = sum / static_cast<double>((*frame)->image.data.size());
        film.darkest = std::min(film.darkest, mean);
        film.brightest = std::max(film.brightest, mean);
    }
    return film;
}

std::vector<world::Event> events_of(const Film& film, world::EventKind kind,
                                    const std::string& body = "") {
    std::vector<world::Event> found;
    for (const world::Event& e : film.record.events) {
        if (e.kind == kind && (body.empty() || e.a == body || e.b == body)) found.push_back(e);
    }
    return found;
}

const std::vector<world::TrackSample>& track_of(const Film& film, const std::string& name) {
    static const std::vector<world::TrackSample> none;
    for (const auto& [body, samples] : film.record.tracks) {
        if (body == name) return samples;
    }
    return none;
}

bool is_partner(const world::Event& e, const std::string& part) {
    return e.a.find(part) != std::string::npos || e.b.find(part) != std::string::npos;
}

TEST(Films, BasketballPlayerMissesAndTheBallRebounds) {
    const Film f =
        film("A basketball player misses a shot and the ball rebounds off the backboard.");
    EXPECT_EQ(f.frames, 96);
    EXPECT_EQ(events_of(f, world::EventKind::Score).size(), 0u);
    const auto releases = events_of(f, world::EventKind::Release, "ball");
    ASSERT_EQ(releases.size(), 1u);
    bool board = false;
    for (const auto& e : events_of(f, world::EventKind::Contact, "ball"))
        board = board || is_partner(e, "board");
    EXPECT_TRUE(board);
    EXPECT_GT(f.darkest, 15);
    EXPECT_LT(f.brightest, 235);
}

TEST(Films, WhatFollowsByItselfIsNotStagedTwice) {
    const Film apple = film("A red apple rolls off the kitchen table and falls on the tiles.",
                            {.pictures = false});
    const auto& way = track_of(apple, "apple");
    ASSERT_FALSE(way.empty());
    EXPECT_GT(way.front().position_m.z, 0.6);
    EXPECT_LT(way.back().position_m.z, 0.2);
    const Film penguin = film("A penguin jumps into the lake and splashes.", {.pictures = false});
    EXPECT_EQ(events_of(penguin, world::EventKind::Splash, "penguin").size(), 1u);
    EXPECT_EQ(events_of(penguin, world::EventKind::Release, "penguin").size(), 1u);
}

TEST(Films, ABreakScattersTheRack) {
    const Film f = film("A billiard break, top view.", {.pictures = false});
    int moved = 0, lost = 0;
    for (const auto& [name, samples] : f.record.tracks) {
        if (!name.starts_with("billiard_ball")) continue;
        const base::Vec3 way = samples.back().position_m - samples.front().position_m;
        moved += std::hypot(way.x, way.y) > 0.1;
        lost += samples.back().position_m.z < 0.3;
    }
    EXPECT_GE(moved, 8);
    EXPECT_EQ(lost, 0);
}

TEST(Films, SteelBallFallsForTheRightTime) {
    const Film f =
        film("A steel ball is dropped from 2 metres onto a concrete floor.", {.pictures = false});
    const auto release = events_of(f, world::EventKind::Release, "ball");
    const auto contacts = events_of(f, world::EventKind::Contact, "ball");
    ASSERT_EQ(release.size(), 1u);
    ASSERT_GE(contacts.size(), 2u);
    // 10 ms of drag and stepping at most.
    EXPECT_NEAR(contacts.front().t_s - release.front().t_s, std::sqrt(2 * 2.0 / kG), 0.006);
    EXPECT_GT(contacts.front().impulse_Ns, contacts[1].impulse_Ns);
    EXPECT_TRUE(is_partner(contacts.front(), "floor"));
}

TEST(Films, SoundStartsWhereTheImpactIs) {
    const Film f =
        film("A steel ball is dropped from 2 metres onto a concrete floor.", {.pictures = false});
    const auto contacts = events_of(f, world::EventKind::Contact, "ball");
    ASSERT_FALSE(contacts.empty());
    EXPECT_EQ(f.sound.size(), 4u * 48000u);
    const auto at = static_cast<size_t>(contacts.front().t_s * 48000);
    double before = 0, after = 0;
    for (size_t i = at - 2400; i < at - 96; ++i)
        before = std::max(before, static_cast<double>(std::abs(f.sound[i])));
    for (size_t i = at; i < at + 480; ++i)
        after = std::max(after, static_cast<double>(std::abs(f.sound[i])));
    EXPECT_GT(after, 8 * before);
}

TEST(Films, GlassDogGetsDownTheStairs) {
    const Film f = film("A dog made of glass rolls down the stairs.", {.pictures = false});
    const auto& track = track_of(f, "dog");
    ASSERT_FALSE(track.empty());
    EXPECT_LT(track.back().position_m.z, 0.6 * track.front().position_m.z);
    for (const auto& b : f.record.bodies) {
        if (b.name == "dog") {
            EXPECT_EQ(b.material, "glass");
        }
    }
}

TEST(Films, DominoesFallOneAfterAnother) {
    const Film f = film("Dominoes fall in a spiral on a wooden table, close-up, slow motion.",
                        {.seconds = 8, .pictures = false});
    int fallen = 0, dominoes = 0;
    for (const auto& [name, samples] : f.record.tracks) {
        if (name.rfind("domino", 0) != 0 || samples.empty()) continue;
        ++dominoes;
        fallen += samples.back().position_m.z < samples.front().position_m.z - 0.004;
    }
    EXPECT_GE(dominoes, 30);
    EXPECT_GE(fallen, dominoes / 4);
    for (const auto& e : f.record.events)
        EXPECT_TRUE(e.world_t_s.has_value() || e.kind == world::EventKind::Cut);
}

TEST(Films, NewtonsCradleHandsTheSwingOn) {
    const Film f = film("A Newton's cradle swings in a quiet room.", {.pictures = false});
    std::map<std::string, double> reach;
    for (const auto& [name, samples] : f.record.tracks) {
        if (samples.empty()) continue;
        double low = 1e9, high = -1e9;
        for (const auto& s : samples) {
            low = std::min(low, s.position_m.x);
            high = std::max(high, s.position_m.x);
        }
        reach[name] = high - low;
    }
    ASSERT_GE(reach.size(), 5u);
    std::vector<double> sorted;
    for (const auto& [name, r] : reach) sorted.push_back(r);
    std::sort(sorted.begin(), sorted.end());
    // Two balls swing wide, the three between hardly move.
    EXPECT_GT(sorted[sorted.size() - 2], 4 * sorted[sorted.size() - 3]);
}

TEST(Films, WreckingBallBringsTheWallDownAndTheDustSettles) {
    const Film f = film(
        "A wrecking ball knocks down a brick wall at sunset. Cut to: the dust settles, wide shot.",
        {.seconds = 8, .pictures = false});
    ASSERT_EQ(f.shots.shots.size(), 2u);
    EXPECT_TRUE(f.shots.shots[1].continues);
    EXPECT_EQ(f.shots.shots[0].place.time, script::TimeOfDay::Sunset);
    EXPECT_EQ(events_of(f, world::EventKind::Cut).size(), 1u);
    int moved = 0, bricks = 0;
    for (const auto& [name, samples] : f.record.tracks) {
        if (name.find("wall") == std::string::npos && name.find("brick") == std::string::npos)
            continue;
        ++bricks;
        if (!samples.empty())
            moved += base::length(samples.back().position_m - samples.front().position_m) > 0.15;
    }
    EXPECT_GE(bricks, 30);
    EXPECT_GE(moved, bricks / 5);
}

TEST(Films, BallsFloatAndTheBowlingBallSinks) {
    const Film f = film("Three red rubber balls and a bowling ball fall into a swimming pool.",
                        {.seconds = 6, .pictures = false});
    EXPECT_GE(events_of(f, world::EventKind::Splash).size(), 4u);
    const auto& ball = track_of(f, "ball");
    const auto& bowling = track_of(f, "bowling_ball");
    ASSERT_FALSE(ball.empty());
    ASSERT_FALSE(bowling.empty());
    EXPECT_LT(bowling.back().position_m.z, ball.back().position_m.z - 0.5);
    EXPECT_FALSE(track_of(f, "ball_3").empty());
}

TEST(Films, VaseShattersOnTheTiles) {
    const Film f =
        film("A glass vase falls off a shelf and shatters on a tiled kitchen floor, film noir.",
             {.pictures = false});
    EXPECT_EQ(f.shots.style, script::Style::Noir);
    ASSERT_EQ(events_of(f, world::EventKind::Break).size(), 1u);
    EXPECT_EQ(events_of(f, world::EventKind::Break).front().a, "vase");
}

TEST(Films, MarbleRingsTheBell) {
    const Film f = film("A marble runs down a wooden track and rings a bell.",
                        {.seconds = 6, .pictures = false});
    const auto rings = events_of(f, world::EventKind::Contact, "bell");
    EXPECT_FALSE(rings.empty());
}

TEST(Films, BilliardBreakScattersTheRack) {
    const Film f = film("A billiard break, top view.", {.pictures = false});
    EXPECT_EQ(f.shots.shots[0].camera.framing, script::Framing::Top);
    int moved = 0;
    for (const auto& [name, samples] : f.record.tracks) {
        if (!samples.empty())
            moved += base::length(samples.back().position_m - samples.front().position_m) > 0.1;
    }
    EXPECT_GE(moved, 6);
}

TEST(Films, ClayCatBringsTheTowerDown) {
    const Film f =
        film("A tower of wooden blocks collapses when a clay cat jumps into it, claymation.",
             {.pictures = false});
    EXPECT_EQ(f.shots.style, script::Style::Clay);
    double before = 0, after = 0;
    for (const auto& [name, samples] : f.record.tracks) {
        if (name.rfind("block", 0) != 0 && name.rfind("tower", 0) != 0) continue;
        before = std::max(before, samples.front().position_m.z);
        after = std::max(after, samples.back().position_m.z);
    }
    EXPECT_GT(before, 0.3);
    EXPECT_LT(after, 0.75 * before);
}

TEST(Films, SkaterTwirls) {
    const Film f = film("A figure skater twirls on ice.", {.pictures = true});
    EXPECT_EQ(f.shots.shots[0].place.set, "ice_rink");
    EXPECT_EQ(f.frames, 96);
}

// The scene of a continuing shot starts where the one before ended.
TEST(Films, AnimalsWalkAndAreHeard) {
    for (const char* prompt : {"A dog runs on the beach", "A horse walks on the street"}) {
        const Film film = ::film(prompt, {.seconds = 2, .pictures = false});
        const std::string name = prompt[2] == 'd' ? "dog" : "horse";
        const auto found = std::find_if(film.record.tracks.begin(), film.record.tracks.end(),
                                        [&](const auto& t) { return t.first == name; });
        ASSERT_NE(found, film.record.tracks.end());
        const auto& track = found->second;
        EXPECT_GT(base::length(track.back().position_m - track.front().position_m), 1.5) << prompt;
        // Two legs a half stride at least, each at its own time, on the ground and near the body.
        const auto steps = events_of(film, world::EventKind::Footstep, name);
        ASSERT_GE(steps.size(), 6u) << prompt;
        for (size_t i = 0; i < steps.size(); ++i) {
            EXPECT_LT(std::abs(steps[i].position_m.z), 0.3) << prompt;
            if (i > 0) {
                EXPECT_GE(steps[i].t_s, steps[i - 1].t_s);
            }
        }
        double loudest = 0;
        for (const float s : film.sound) loudest = std::max<double>(loudest, std::abs(s));
        EXPECT_GT(loudest, 0.003) << prompt;
    }
}

TEST(Films, NothingJumpsAtACut) {
    const Film f =
        film("A wrecking ball knocks down a brick wall. Cut to: the dust settles, wide shot.",
             {.seconds = 6, .pictures = false});
    ASSERT_EQ(f.record.shots.size(), 2u);
    const double cut = f.record.shots[1].start_s;
    for (const auto& [name, samples] : f.record.tracks) {
        for (size_t i = 1; i < samples.size(); ++i) {
            if (samples[i - 1].t_s >= cut || samples[i].t_s < cut) continue;
            const double moved = base::length(samples[i].position_m - samples[i - 1].position_m);
            const double speed = std::max(base::length(samples[i].velocity_mps),
                                          base::length(samples[i - 1].velocity_mps));
            EXPECT_LE(moved, (speed + 1.0) / 24) << name;
        }
    }
}

}  // namespace
