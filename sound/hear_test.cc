#include "sound/hear.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <ctime>

#include "base/core/random.h"
#include "sound/dsp/biquad.h"
#include "sound/dsp/spectrum.h"
#include "sound/mix/loudness.h"
#include "sound/room/late_reverb.h"
#include "sound/room/listener.h"

namespace sound {
namespace {

using base::Vec3;

struct Stereo {
    std::vector<float> left, right;
    std::vector<int64_t> firsts, counts;
    std::vector<float> mono() const {
        std::vector<float> m(left.size());
        for (size_t i = 0; i < m.size(); ++i) m[i] = 0.5f * (left[i] + right[i]);
        return m;
    }
};

base::Status collect(Ear& ear, const ShotSound& shot, Stereo& out) {
    return ear.hear(shot, [&](const base::AudioBlock& block) {
        out.firsts.push_back(block.first_sample);
        out.counts.push_back(block.sample_count());
        for (size_t i = 0; i < block.samples.size(); i += 2) {
            out.left.push_back(block.samples[i]);
            out.right.push_back(block.samples[i + 1]);
        }
        return base::Status();
    });
}

Stereo heard(const ShotSound& shot) {
    Stereo out;
    collect(*Ear::create(1), shot, out).value();
    return out;
}

// One steel-on-wood blow at a place, out of doors, nothing else.
ShotSound blow_at(Vec3 position, double t_s = 0.25, double seconds = 1) {
    ShotSound shot;
    shot.end_s = seconds;
    shot.room.outdoors = true;
    shot.words = {"silence"};
    shot.ear = {{0, {0, 0, 1.5}, {0, 1, 0}, {}}};
    world::Event e;
    e.t_s = t_s, e.a = "block", e.b = "floor", e.material_a = "steel", e.material_b = "wood";
    e.impulse_Ns = 1, e.closing_speed_mps = 2, e.position_m = position;
    shot.events.push_back(e);
    return shot;
}

double energy(const std::vector<float>& x, size_t from = 0, size_t to = SIZE_MAX) {
    double sum = 0;
    for (size_t i = from; i < std::min(to, x.size()); ++i) sum += static_cast<double>(x[i]) * x[i];
    return sum;
}

TEST(Ear, SilenceIsSilent) {
    ShotSound shot;
    shot.end_s = 0.5;
    shot.words = {"silence"};
    const Stereo s = heard(shot);
    ASSERT_EQ(s.left.size(), 24000u);
    EXPECT_LT(energy(s.left) + energy(s.right), 1e-30);
}

TEST(Ear, OnsetLiesOnItsSample) {
    for (const double t : {0.1, 0.25, 0.333333, 0.50001}) {
        const Stereo s = heard(blow_at({0, 3, 1}, t));
        const int64_t event = std::llround(t * 48000);
        const int64_t first = onset_sample(s.mono(), 0.1);
        EXPECT_GE(first, event - 48);
        EXPECT_LE(first, event + 96);
        EXPECT_LT(energy(s.left, 0, static_cast<size_t>(event)), 1e-30);
    }
}

TEST(Ear, LeftIsLeftAndRightIsRight) {
    const Stereo right = heard(blow_at({3, 3, 1.5})), left = heard(blow_at({-3, 3, 1.5})),
                 ahead = heard(blow_at({0, 3, 1.5}));
    EXPECT_GT(energy(right.right), 2 * energy(right.left));
    EXPECT_GT(energy(left.left), 2 * energy(left.right));
    EXPECT_NEAR(energy(ahead.left) / energy(ahead.right), 1, 0.05);
    // The far ear is duller.
    EXPECT_GT(spectral_centroid_hz(right.right), 1.05 * spectral_centroid_hz(right.left));
    // Turning round swaps sides.
    ShotSound back = blow_at({3, 3, 1.5});
    back.ear[0].forward = {0, -1, 0};
    const Stereo turned = heard(back);
    EXPECT_GT(energy(turned.left), energy(turned.right));
}

TEST(Listener, PowerFollowsTheInverseSquareAndSurvivesPanning) {
    const EarKey ear{0, {0, 0, 0}, {0, 1, 0}, {}};
    const auto power = [&](Vec3 p) {
        const Placement at = place(ear, p, 1, 1);
        return static_cast<double>(at.gain[0]) * at.gain[0] +
               static_cast<double>(at.gain[1]) * at.gain[1];
    };
    EXPECT_NEAR(10 * std::log10(power({0, 4, 0}) / power({0, 8, 0})), 6.02, 0.1);
    EXPECT_NEAR(10 * std::log10(power({0, 20, 0}) / power({0, 40, 0})), 6.02, 0.1);
    EXPECT_NEAR(power({5, 0, 0}) / power({0, 5, 0}), 1, 0.01);
    EXPECT_TRUE(std::isfinite(power({0, 0, 0})));
    // Far air swallows treble.
    EXPECT_LT(place(ear, {0, 400, 0}, 1, 1).corner_hz[0], 3000);
}

TEST(Ear, DistanceMakesItQuieterWithinAShot) {
    ShotSound shot = blow_at({0, 2, 1.5}, 0.1, 2);
    shot.events.push_back(shot.events[0]);
    shot.events[1].t_s = 1.1, shot.events[1].position_m = {0, 8, 1.5};
    const std::vector<float> mono = heard(shot).mono();
    const double near = rms(mono, 4800, 9600), far = rms(mono, 52800, 9600);
    EXPECT_NEAR(20 * std::log10(near / far), 12, 2.5);  // strikes vary a little
}

TEST(Ear, DopplerHasTheRightSignAndSize) {
    // A bell rung while the ear rushes toward it at 34.3 m/s sounds a tenth higher.
    const auto tone = [](double toward_mps) {
        world::Scene scene;
        world::Body bell;
        bell.name = bell.kind = "bell";
        bell.material = "brass";
        auto shape = std::make_shared<world::Shape>();
        shape->bounds.add(Vec3{-0.15, -0.15, 0});
        shape->bounds.add(Vec3{0.15, 0.15, 0.3});
        bell.shape = shape;
        bell.mass_kg = 5;
        scene.bodies.push_back(bell);
        ShotSound shot = blow_at({0, 30, 1.5}, 0.1, 1);
        shot.scene = &scene;
        shot.events[0].body_a = 0, shot.events[0].a = "bell", shot.events[0].material_a = "brass";
        shot.events[0].b = "hammer", shot.events[0].material_b = "steel";
        shot.ear[0].velocity_mps = {0, toward_mps, 0};
        return strongest_hz(heard(shot).mono(), 300, 6000);
    };
    const double rest = tone(0);
    EXPECT_NEAR(tone(34.32) / rest, 1.1, 0.006);
    EXPECT_NEAR(tone(-34.32) / rest, 0.9, 0.006);
    // A source that comes near: c / (c - v).
    EXPECT_NEAR(doppler_ratio({0, {0, 0, 0}, {0, 1, 0}, {}}, {0, 10, 0}, {0, -20, 0}),
                343.2 / 323.2, 1e-6);
    EXPECT_LT(doppler_ratio({0, {0, 0, 0}, {0, 1, 0}, {}}, {0, 10, 0}, {0, 20, 0}), 1);
}

TEST(Ear, SlowMotionIsLowerAndLongerAtTheSameTime) {
    ShotSound shot = blow_at({0, 2, 1}, 0.25, 2);
    const std::vector<float> normal = heard(shot).mono();
    shot.time_scale = 0.25;
    const std::vector<float> slow = heard(shot).mono();
    EXPECT_LT(spectral_centroid_hz(slow), 0.9 * spectral_centroid_hz(normal));
    EXPECT_NEAR(onset_sample(slow), onset_sample(normal), 48);
}

TEST(LateReverb, DecaysWithinATenthOfEyring) {
    world::Room gym, kitchen;
    gym.low = {-14, -8, 0}, gym.high = {14, 8, 8};
    gym.floor_material = "wood", gym.wall_material = "brick", gym.ceiling_material = "steel";
    kitchen.low = {-2.2, -1.8, 0}, kitchen.high = {2.2, 1.8, 2.6};
    kitchen.floor_material = "tile";
    for (const world::Room& room : {gym, kitchen}) {
        const RoomAcoustics acoustics = room_acoustics(room);
        LateReverb reverb(room);
        std::vector<float> answer;
        std::array<float, kBlock> send{};
        send[0] = 1;
        for (int block = 0; block < 200 * 3; ++block) {
            StereoBlock out;
            reverb.render(send, out, kBlock);
            send[0] = 0;
            answer.insert(answer.end(), out.left.begin(), out.left.end());
        }
        for (const int band : {1, 3, 5}) {
            std::vector<float> part = answer;
            Biquad filter = Biquad::band_pass(kBandHz[band], 1.4), again = filter;
            for (float& x : part) x = again.process(filter.process(x));
            EXPECT_NEAR(decay_t60_s(part) / acoustics.rt60_s[band], 1, 0.2)
                << kBandHz[band] << " Hz, formula " << acoustics.rt60_s[band] << " s";
        }
    }
}

TEST(RoomAcoustics, LargerAndHarderRoomsRingLonger) {
    world::Room small, large, soft;
    small.low = {-2, -2, 0}, small.high = {2, 2, 2.5};
    large.low = {-15, -10, 0}, large.high = {15, 10, 8};
    soft = large;
    soft.floor_material = "carpet", soft.wall_material = "fabric";
    EXPECT_GT(room_acoustics(large).rt60_s[3], 2 * room_acoustics(small).rt60_s[3]);
    EXPECT_LT(room_acoustics(soft).rt60_s[3], 0.5 * room_acoustics(large).rt60_s[3]);
}

TEST(Ear, BlocksComeInOrderAndEndOnTheShotsLastSample) {
    auto ear = Ear::create(1);
    Stereo s;
    double start = 0;
    for (const double length : {0.1, 0.33337, 1.0 / 24, 0.0001, 0.25}) {
        ShotSound shot;
        shot.start_s = start, shot.end_s = start + length;
        shot.ambience = "gym";
        collect(*ear, shot, s).value();
        start += length;
        EXPECT_EQ(static_cast<int64_t>(s.left.size()), std::llround(start * 48000));
    }
    int64_t next = 0;
    for (size_t i = 0; i < s.firsts.size(); ++i) {
        EXPECT_EQ(s.firsts[i], next);
        EXPECT_LE(s.counts[i], 4800);
        EXPECT_GT(s.counts[i], 0);
        next += s.counts[i];
    }
}

TEST(Ear, TailsCarryOverACutWithoutAClick) {
    auto ear = Ear::create(1);
    Stereo s;
    ShotSound first = blow_at({0, 3, 1}, 0.45, 0.5);
    first.room.outdoors = false;
    first.room.low = {-15, -10, 0}, first.room.high = {15, 10, 8};
    first.words.clear(), first.ambience = "gym";
    ShotSound second;
    second.start_s = 0.5, second.end_s = 1.5;
    second.room.outdoors = true, second.words = {"silence"};
    collect(*ear, first, s).value();
    collect(*ear, second, s).value();
    // The hall still answers just after the cut ...
    const std::vector<float> mono = s.mono();
    EXPECT_GT(rms(mono, 24000, 2400), 1e-3);
    EXPECT_GT(rms(mono, 24000, 2400), 5 * rms(mono, 62000, 2400));
    // ... and nothing jumps at it: steps there are no larger than those around.
    float at_cut = std::abs(mono[24000] - mono[23999]), around = 0;
    for (size_t i = 23500; i < 23990; ++i)
        around = std::max(around, std::abs(mono[i + 1] - mono[i]));
    EXPECT_LE(at_cut, around);
}

TEST(Ear, SameInputsSameSamples) {
    ShotSound shot = blow_at({1, 3, 1});
    shot.words = {"crowd", "music", "rain"};
    shot.room.outdoors = false;
    const Stereo a = heard(shot), b = heard(shot);
    EXPECT_EQ(a.left, b.left);
    EXPECT_EQ(a.right, b.right);
}

TEST(Ear, TwoThousandDominoesStayBounded) {
    ShotSound shot;
    shot.end_s = 10;
    shot.ambience = "table";
    shot.room.low = {-2.5, -2, 0}, shot.room.high = {2.5, 2, 2.7};
    base::Rng rng(1);
    for (int i = 0; i < 2000; ++i) {
        world::Event e;
        e.t_s = 0.005 * i;
        e.a = "domino_" + std::to_string(i),
        e.b = i % 2 ? "table" : "domino_" + std::to_string(i + 1);
        e.material_a = e.material_b = "wood";
        e.impulse_Ns = 0.004 * rng.uniform(0.5, 2), e.closing_speed_mps = 0.4;
        e.position_m = {rng.uniform(-1, 1), 1, 1};
        shot.events.push_back(e);
    }
    const std::clock_t before = std::clock();
    const std::vector<float> mono = heard(shot).mono();
    const double cpu_s = static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
    for (const float x : mono) ASSERT_TRUE(std::isfinite(x) && std::abs(x) < 20);
    EXPECT_LT(cpu_s, 8);  // measured 1.2 s; sanitizer builds are slower
}

TEST(Ear, BadEventsDoNotHurt) {
    ShotSound shot = blow_at({0, 0, 1.5});
    shot.ear.clear();
    world::Event e = shot.events[0];
    e.impulse_Ns = -3, e.closing_speed_mps = -1, e.material_a = "unobtainium", e.body_a = 77;
    e.t_s = -5;
    shot.events.push_back(e);
    e.t_s = 99, e.impulse_Ns = 1e9;
    shot.events.push_back(e);
    e.kind = world::EventKind::Break, e.t_s = 0.2;
    shot.events.push_back(e);
    e.kind = world::EventKind::Splash;
    shot.events.push_back(e);
    e.kind = world::EventKind::Footstep;
    shot.events.push_back(e);
    world::Scene empty;
    shot.scene = &empty;
    shot.slides.push_back({0.1, 5, 9, -1, 1e9, 0, {}});
    shot.time_scale = 0;
    for (const float x : heard(shot).mono()) ASSERT_TRUE(std::isfinite(x));
}

TEST(Ear, SlidingHissesAndRollingRumbles) {
    world::Scene scene;
    world::Body marble;
    marble.name = "marble", marble.kind = "marble", marble.material = "steel";
    auto shape = std::make_shared<world::Shape>();
    shape->bounds.add(Vec3{-0.05, -0.05, 0});
    shape->bounds.add(Vec3{0.05, 0.05, 0.1});
    shape->collision.resize(1);
    shape->collision[0].kind = world::CollisionKind::Sphere;
    marble.shape = shape, marble.mass_kg = 4;
    scene.bodies = {marble};
    const auto sound_of = [&](double slide, double roll) {
        ShotSound shot;
        shot.scene = &scene;
        shot.end_s = 1.2;
        shot.words = {"silence"};
        shot.room.outdoors = true, shot.room.floor_material = "wood";
        for (double t = 0.1; t < 1; t += 1.0 / 120)
            shot.slides.push_back({t, 0, -1, 40, slide, roll, {0, 2, 0}});
        return heard(shot).mono();
    };
    const auto slide = sound_of(1, 0), roll = sound_of(0, 1);
    EXPECT_GT(rms(slide, 24000, 9600), rms(roll, 24000, 9600) * 0.5);
    EXPECT_GT(spectral_centroid_hz(slide), 1.3 * spectral_centroid_hz(roll));
    EXPECT_GT(rms(roll, 24000, 9600), 1e-3);
    // Stops when the motion stops.
    EXPECT_LT(rms(slide, 55000, 2000), 0.02 * rms(slide, 24000, 9600));
}

TEST(Ear, SpeechStandsAboveThePlace) {
    ShotSound shot;
    shot.end_s = 2;
    shot.ambience = "street";
    shot.room.outdoors = true;
    shot.ear = {{0, {0, -2, 1.5}, {0, 1, 0}, {}}};
    const double place_level = rms(heard(shot).mono(), 0, 96000);
    VoiceClip clip;
    clip.start_s = 0.5;
    base::Rng rng(1);
    for (int i = 0; i < 48000; ++i) clip.samples.push_back(static_cast<float>(0.12 * rng.normal()));
    clip.position = {0, 0, 1.6};
    shot.voices.push_back(clip);
    EXPECT_GT(rms(heard(shot).mono(), 30000, 30000), 4 * place_level);
}

TEST(Ear, AFilmComesOutAtItsLoudness) {
    ShotSound shot = blow_at({0, 3, 1}, 0.5, 4);
    for (const double t : {1.3, 1.9, 2.3}) {
        shot.events.push_back(shot.events[0]);
        shot.events.back().t_s = t;
        shot.events.back().impulse_Ns *= 0.5;
    }
    shot.words.clear(), shot.ambience = "lab", shot.room.outdoors = false;
    auto spool = LoudnessSpool::create().value();
    Ear::create(1)->hear(shot, [&](const base::AudioBlock& b) { return spool->add(b); }).value();
    spool->play().value();
    EXPECT_NEAR(spool->measured_lufs(), -16, 1);
}

}  // namespace
}  // namespace sound
