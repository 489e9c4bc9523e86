// Listening by eye: renders small hand-made scenes to WAV files and to pictures of waveform and
// spectrogram, with a line of figures for each (loudness, centroid, decay, onset error).
//
//   hear_events OUT_FOLDER [NAME ...]      no names = all scenes
//
// Spectrogram: 40 Hz (bottom) .. 20 kHz (top), logarithmic; -90 .. 0 dB from black to white; ticks
// at 100 Hz, 1 kHz, 10 kHz; red marks are the events' times.
#include <ebur128.h>
#include <sndfile.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <complex>
#include <cstdio>
#include <string>
#include <vector>

#include "base/core/random.h"
#include "media/still.h"
#include "sound/dsp/spectrum.h"
#include "sound/hear.h"
#include "sound/mix/loudness.h"
#include "sound/voice/speak.h"

namespace {

using base::Vec3;
using world::Event;
using world::EventKind;

world::ShapePtr box_shape(Vec3 size, bool hollow, double wall_m) {
    auto shape = std::make_shared<world::Shape>();
    shape->bounds.add(Vec3{-size.x / 2, -size.y / 2, 0});
    shape->bounds.add(Vec3{size.x / 2, size.y / 2, size.z});
    shape->hollow = hollow;
    shape->collision.push_back({});
    const double area = 2 * (size.x * size.y + size.y * size.z + size.x * size.z);
    shape->volume_m3 = hollow ? area * wall_m : size.x * size.y * size.z;
    return shape;
}

world::ShapePtr ball_shape(double diameter, bool hollow = false, double wall_m = 0.003) {
    auto shape =
        std::make_shared<world::Shape>(*box_shape({diameter, diameter, diameter}, hollow, wall_m));
    shape->collision[0].kind = world::CollisionKind::Sphere;
    const double area = base::kPi * diameter * diameter;
    shape->volume_m3 = hollow ? area * wall_m : area * diameter / 6;
    return shape;
}

struct Scene {
    std::string name;
    world::Scene world;
    sound::ShotSound shot;

    int body(const std::string& kind, const std::string& material, world::ShapePtr shape,
             double mass_kg = 0, const std::string& set_part = "") {
        world::Body body;
        body.name = body.kind = kind;
        body.material = material;
        body.shape = std::move(shape);
        body.mass_kg = mass_kg;
        body.set_part = set_part;
        if (!set_part.empty()) body.motion = world::Motion::Static;
        world.bodies.push_back(body);
        return static_cast<int>(world.bodies.size()) - 1;
    }
    Event& hit(double t, int a, int b, double impulse, double speed, Vec3 at = {0, 0, 0.1},
               const std::string& part_b = "") {
        Event e;
        e.t_s = t;
        e.a = world.bodies[static_cast<size_t>(a)].name;
        e.b = world.bodies[static_cast<size_t>(b)].name + (part_b.empty() ? "" : "." + part_b);
        e.body_a = a, e.body_b = b;
        e.material_a = world.bodies[static_cast<size_t>(a)].material;
        e.material_b = world.bodies[static_cast<size_t>(b)].material;
        e.impulse_Ns = impulse, e.closing_speed_mps = speed, e.position_m = at;
        shot.events.push_back(e);
        return shot.events.back();
    }
};

Scene make_scene(const std::string& name, double seconds, const std::string& ambience,
                 const std::string& floor, Vec3 room_size, double ear_m) {
    Scene s;
    s.name = name;
    s.shot.start_s = 0, s.shot.end_s = seconds;
    s.shot.ambience = ambience;
    s.shot.room.low = {-room_size.x / 2, -room_size.y / 2, 0};
    s.shot.room.high = {room_size.x / 2, room_size.y / 2, room_size.z};
    s.shot.room.floor_material = floor;
    s.shot.ear = {{0, {0, -ear_m, 1.5}, {0, 1, 0}, {}}};
    s.body("floor", floor, box_shape({20, 20, 0.2}, false, 0), 0, "floor");
    return s;
}

// Bounces of one body from `height`, restitution e, until they are small.
void bounces(Scene& s, int body, double mass, double height, double e, double t = 0.6) {
    double v = std::sqrt(2 * 9.80665 * height);
    while (v > 0.12 && t < s.shot.end_s) {
        s.hit(t, body, 0, mass * v * (1 + e), v);
        t += 2 * e * v / 9.80665;
        v *= e;
    }
}

std::vector<Scene> all_scenes() {
    std::vector<Scene> out;
    const Vec3 gym{28, 16, 8}, kitchen{4.5, 3.6, 2.6}, room{5, 4, 2.7}, hall{30, 20, 9};
    const auto add = [&](Scene s) { out.push_back(std::move(s)); };

    Scene s = make_scene("steel_on_concrete", 4, "warehouse", "concrete", hall, 3);
    bounces(s, s.body("ball", "steel", ball_shape(0.1)), 4.1, 2, 0.6);
    add(s);
    s = make_scene("rubber_on_wood", 4, "gym", "wood", gym, 3);
    bounces(s, s.body("ball", "rubber", ball_shape(0.2, true)), 0.4, 1.5, 0.75);
    add(s);
    s = make_scene("glass_on_tile", 3, "kitchen", "tile", kitchen, 2);
    bounces(s, s.body("marble", "glass", ball_shape(0.016)), 0.0055, 1, 0.65);
    add(s);
    s = make_scene("basketball", 5, "gym", "wood", gym, 6);
    {
        const int ball = s.body("basketball", "rubber", ball_shape(0.24, true), 0.62);
        const int hoop = s.body("hoop", "steel", box_shape({0.5, 0.5, 0.1}, false, 0), 10);
        s.world.bodies[2].motion = world::Motion::Static;
        s.hit(0.9, ball, hoop, 4.9, 7, {0.5, 0, 3.2}, "board").material_b = "glass";
        s.hit(0.97, ball, hoop, 1.9, 3, {0.4, 0, 3.05}, "rim");
        s.hit(2.0, ball, 0, 8.2, 7.2, {-0.6, 0, 0});
        s.hit(3.1, ball, 0, 6.0, 5.2, {-1.5, 0, 0});
        s.hit(3.9, ball, 0, 4.4, 3.8, {-2.2, 0, 0});
        Event score;
        score.kind = EventKind::Score;
        score.t_s = 4.5, score.a = "basketball", score.position_m = {0.5, 0, 3};
        s.shot.events.push_back(score);
    }
    add(s);
    s = make_scene("newtons_cradle", 4, "table", "wood", room, 0.6);
    s.shot.words = {"quiet"};
    {
        const int a = s.body("newtons_cradle", "steel", ball_shape(0.022), 0.044);
        for (double t = 0.5; t < 4; t += 0.42) s.hit(t, a, a, 0.03, 0.7, {0, 0, 1.0});
    }
    add(s);
    s = make_scene("dominoes", 4, "table", "wood", room, 0.5);
    {
        s.body("table", "wood", box_shape({1.4, 0.8, 0.03}, false, 0), 0, "table");
        const int a = s.body("domino", "wood", box_shape({0.048, 0.024, 0.0075}, false, 0));
        base::Rng rng(3);
        for (int i = 0; i < 90; ++i) {
            const double t = 0.5 + 0.032 * i + 0.004 * rng.uniform();
            s.hit(t, a, a, 0.004, 0.5, {0.01 * i - 0.4, 0, 0.8});
            if (i > 2) s.hit(t + 0.06, a, 1, 0.006, 0.5, {0.01 * i - 0.4, 0, 0.8});
        }
    }
    add(s);
    s = make_scene("billiards", 3, "billiard_hall", "felt", {12, 8, 3.2}, 2);
    {
        const int a = s.body("billiard_ball", "resin", ball_shape(0.057), 0.17);
        s.hit(0.5, a, a, 1.1, 6.5);
        base::Rng rng(4);
        for (int i = 0; i < 14; ++i)
            s.hit(0.505 + 0.4 * rng.uniform() * rng.uniform(), a, a, 0.3, 2);
        for (int i = 0; i < 9; ++i) s.hit(1 + 1.6 * rng.uniform(), a, a, 0.15, 0.9);
    }
    add(s);
    s = make_scene("bell", 6, "studio", "wood", room, 1.2);
    {
        const int bell = s.body("bell", "brass", box_shape({0.14, 0.14, 0.14}, true, 0.004), 0.6);
        const int marble = s.body("marble", "glass", ball_shape(0.016));
        s.hit(0.5, marble, bell, 0.006, 1);
        s.hit(3.5, marble, bell, 0.003, 0.5);
    }
    add(s);
    s = make_scene("bowling", 4, "bowling_alley", "wood", {20, 10, 3.5}, 4);
    {
        const int ball = s.body("bowling_ball", "plastic", ball_shape(0.218), 6.5);
        const int pin =
            s.body("bowling_pin", "plastic", box_shape({0.12, 0.12, 0.38}, false, 0), 1.5);
        for (double t = 0.2; t < 2; t += 1.0 / 120)
            s.shot.slides.push_back({t, ball, 0, 64, 0, 7, {0, 10 - 5 * (2 - t), 0}});
        base::Rng rng(5);
        s.hit(2, ball, pin, 8, 7);
        for (int i = 0; i < 18; ++i)
            s.hit(2.01 + 0.5 * rng.uniform() * rng.uniform(), pin, pin, 1.5, 3);
        for (int i = 0; i < 14; ++i) s.hit(2.3 + 0.9 * rng.uniform(), pin, 0, 0.9, 1.5);
    }
    add(s);
    s = make_scene("vase_shatters", 4, "kitchen", "tile", kitchen, 2.5);
    {
        const int vase = s.body("vase", "glass", box_shape({0.16, 0.16, 0.32}, true, 0.004));
        s.hit(0.8, vase, 0, 4, 5);
        Event e;
        e.kind = EventKind::Break;
        e.t_s = 0.8, e.a = "vase", e.body_a = vase, e.impulse_Ns = 4, e.closing_speed_mps = 5;
        s.shot.events.push_back(e);
        const int shard = s.body("shard", "glass", box_shape({0.05, 0.035, 0.004}, false, 0));
        base::Rng rng(6);
        for (int i = 0; i < 40; ++i)
            s.hit(0.85 + 0.9 * rng.uniform() * rng.uniform(), shard, 0, 0.02, 1.2,
                  {rng.uniform(-0.8, 0.8), rng.uniform(-0.5, 0.5), 0});
    }
    add(s);
    s = make_scene("bricks", 5, "construction_site", "concrete", hall, 8);
    {
        s.shot.room.outdoors = true;
        const int ball = s.body("wrecking_ball", "steel", ball_shape(0.9), 3000);
        const int brick = s.body("brick", "brick", box_shape({0.215, 0.1025, 0.065}, false, 0));
        base::Rng rng(7);
        s.hit(0.8, ball, brick, 900, 5);
        for (int i = 0; i < 150; ++i)
            s.hit(0.82 + 2.4 * rng.uniform() * rng.uniform(), brick, i % 3 ? brick : 0, 6, 2,
                  {rng.uniform(-2, 2), 0, 0.5});
    }
    add(s);
    s = make_scene("splash", 4, "pool", "tile", {25, 15, 6}, 5);
    {
        const int small = s.body("ball", "rubber", ball_shape(0.2), 0.8);
        const int large = s.body("bowling_ball", "plastic", ball_shape(0.218), 6.5);
        for (const auto& [t, b] : {std::pair{0.5, small}, {2.0, large}}) {
            Event e;
            e.kind = EventKind::Splash;
            e.t_s = t, e.a = "ball", e.b = "water", e.body_a = b, e.closing_speed_mps = 6;
            s.shot.events.push_back(e);
        }
    }
    add(s);
    for (const auto& [name, floor] : {std::pair<const char*, const char*>{"steps_wood", "wood"},
                                      {"steps_snow", "snow"},
                                      {"steps_tile", "tile"},
                                      {"steps_grass", "grass"}}) {
        s = make_scene(name, 3, "studio", floor, room, 3);
        for (int i = 0; i < 5; ++i) {
            Event e;
            e.kind = EventKind::Footstep;
            e.t_s = 0.3 + 0.52 * i, e.a = "person", e.b = "floor", e.material_b = floor;
            e.impulse_Ns = 8, e.position_m = {-1 + 0.5 * i, 0, 0};
            s.shot.events.push_back(e);
        }
        add(s);
    }
    s = make_scene("skate_scrape", 3, "ice_rink", "ice", {60, 30, 10}, 4);
    {
        const int skate = s.body("ice_skate", "steel", box_shape({0.3, 0.01, 0.05}, false, 0), 1);
        for (double t = 0.3; t < 2.6; t += 1.0 / 120)
            s.shot.slides.push_back(
                {t, skate, 0, 300, 2.5 + 2 * std::sin(3 * t), 0, {3 * t - 4, 0, 0}});
    }
    add(s);
    s = make_scene("marble_rolls", 3, "table", "wood", room, 0.8);
    {
        const int marble = s.body("marble", "glass", ball_shape(0.016));
        const int track =
            s.body("track", "wood", box_shape({1.2, 0.06, 0.02}, false, 0), 0, "track");
        for (double t = 0.3; t < 2.4; t += 1.0 / 120)
            s.shot.slides.push_back({t, marble, track, 0.05, 0, 0.7 * t, {0.4 * t - 0.5, 0, 0.8}});
    }
    add(s);
    s = make_scene("clay_thud", 2, "studio", "wood", room, 1.5);
    bounces(s, s.body("cat", "clay", box_shape({0.3, 0.1, 0.2}, false, 0), 4), 4, 0.5, 0.05);
    add(s);
    s = make_scene("glass_dog_stairs", 4, "stairs", "wood", room, 3);
    {
        const int dog = s.body("dog", "glass", box_shape({0.6, 0.2, 0.45}, false, 0), 8);
        const_cast<world::Shape&>(*s.world.bodies[1].shape).parts.resize(2);
        const_cast<world::Shape&>(*s.world.bodies[1].shape).collision.resize(5);
        for (int i = 0; i < 9; ++i) s.hit(0.5 + 0.33 * i, dog, 0, 6, 1.4, {i * 0.3 - 1.2, 0, 1});
    }
    add(s);
    s = make_scene("dialogue", 5, "living_room", "carpet", room, 2);
    {
        s.shot.voices.push_back(
            {0.5,
             sound::speak({"Look, the ball is still bouncing!", "female"}).value().samples,
             {-0.8, 0, 1.6}});
        s.shot.voices.push_back(
            {2.8, sound::speak({"Yes. It never stops.", "male"}).value().samples, {0.8, 0, 1.6}});
    }
    add(s);
    for (const char* key : {"beach", "forest", "street", "kitchen"}) {
        s = make_scene(std::string("place_") + key, 8, key, "sand", hall, 3);
        s.shot.room.outdoors = std::string(key) != "kitchen";
        add(s);
    }
    for (const char* word : {"music", "crowd", "wind", "rain"}) {
        s = make_scene(std::string("word_") + word, 10, "studio", "wood", room, 3);
        s.shot.words = {word};
        add(s);
    }
    return out;
}

struct Heard {
    std::vector<float> raw, final;  // pairs
    double raw_lufs = 0, lufs = 0, true_peak_db = 0, cpu_ms = 0;
};

void measure(const std::vector<float>& pairs, double& lufs, double& peak_db) {
    ebur128_state* state = ebur128_init(2, 48000, EBUR128_MODE_I | EBUR128_MODE_TRUE_PEAK);
    ebur128_add_frames_float(state, pairs.data(), pairs.size() / 2);
    ebur128_loudness_global(state, &lufs);
    double l = 0, r = 0;
    ebur128_true_peak(state, 0, &l);
    ebur128_true_peak(state, 1, &r);
    peak_db = 20 * std::log10(std::max({l, r, 1e-9}));
    ebur128_destroy(&state);
}

base::Result<Heard> listen(const Scene& scene) {
    Heard heard;
    const auto before = std::chrono::steady_clock::now();
    sound::ShotSound shot = scene.shot;
    shot.scene = &scene.world;
    auto spool = TRY(sound::LoudnessSpool::create());
    TRY(sound::Ear::create(1)->hear(shot, [&](const base::AudioBlock& block) {
        heard.raw.insert(heard.raw.end(), block.samples.begin(), block.samples.end());
        return spool->add(block);
    }));
    auto source = TRY(spool->play());
    for (;;) {
        auto block = TRY(source->next());
        if (!block) break;
        heard.final.insert(heard.final.end(), block->samples.begin(), block->samples.end());
    }
    heard.cpu_ms =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - before)
            .count();
    double unused = 0;
    measure(heard.raw, heard.raw_lufs, unused);
    measure(heard.final, heard.lufs, heard.true_peak_db);
    return heard;
}

std::vector<float> mono_of(const std::vector<float>& pairs) {
    std::vector<float> mono(pairs.size() / 2);
    for (size_t i = 0; i < mono.size(); ++i) mono[i] = 0.5f * (pairs[2 * i] + pairs[2 * i + 1]);
    return mono;
}

base::Image8 picture(const std::vector<float>& pairs, const std::vector<Event>& events,
                     double seconds) {
    constexpr int kWidth = 1000, kWave = 120, kSpectrum = 360, kWindow = 2048;
    base::Image8 image(kWidth, kWave + kSpectrum, 3);
    const std::vector<float> mono = mono_of(pairs);
    const double per_column = static_cast<double>(mono.size()) / kWidth;
    for (int x = 0; x < kWidth; ++x) {
        const auto first = static_cast<size_t>(x * per_column);
        const auto last = std::min(mono.size(), static_cast<size_t>((x + 1) * per_column) + 1);
        float low = 0, high = 0;
        for (size_t i = first; i < last; ++i)
            low = std::min(low, mono[i]), high = std::max(high, mono[i]);
        for (int y = 0; y < kWave; ++y) {
            const double v = 1 - 2.0 * y / (kWave - 1);
            if (v <= high && v >= low)
                image.at(x, y)[0] = image.at(x, y)[1] = 200, image.at(x, y)[2] = 120;
        }
        std::vector<std::complex<double>> v(kWindow);
        for (int i = 0; i < kWindow; ++i) {
            const int64_t at = static_cast<int64_t>((x + 0.5) * per_column) + i - kWindow / 2;
            if (at < 0 || at >= static_cast<int64_t>(mono.size())) continue;
            v[static_cast<size_t>(i)] = static_cast<double>(mono[static_cast<size_t>(at)]) *
                                        (0.5 - 0.5 * std::cos(2 * base::kPi * i / kWindow));
        }
        sound::fft(v);
        for (int y = 0; y < kSpectrum; ++y) {
            const double f = 40 * std::pow(500.0, 1 - static_cast<double>(y) / kSpectrum);
            const double bin = f * kWindow / 48000;
            const auto k = static_cast<size_t>(bin);
            const double mix = bin - static_cast<double>(k);
            const double power = std::norm(v[k]) * (1 - mix) + std::norm(v[k + 1]) * mix;
            const double db = 10 * std::log10(power + 1e-12) - 20 * std::log10(kWindow / 4.0);
            const double u = std::clamp((db + 90) / 90, 0.0, 1.0);
            uint8_t* p = image.at(x, kWave + y);
            p[0] = static_cast<uint8_t>(255 * std::clamp(1.8 * u - 0.3, 0.0, 1.0));
            p[1] = static_cast<uint8_t>(255 * std::clamp(2.2 * u - 1.1, 0.0, 1.0));
            p[2] =
                static_cast<uint8_t>(255 * std::clamp(u < 0.4 ? 1.6 * u : 2.6 * u - 1.6, 0.0, 1.0));
        }
    }
    for (const double f : {100.0, 1000.0, 10000.0}) {
        const int y =
            kWave + static_cast<int>(kSpectrum * (1 - std::log(f / 40) / std::log(500.0)));
        for (int x = 0; x < kWidth; x += 1 + (x % 8 > 3 ? 6 : 0)) image.at(x, y)[1] = 160;
    }
    for (const Event& e : events) {
        const int x = std::clamp(static_cast<int>(e.t_s / seconds * kWidth), 0, kWidth - 1);
        for (int y = kWave - 8; y < kWave; ++y) image.at(x, y)[0] = 255, image.at(x, y)[1] = 40;
    }
    return image;
}

bool write_wav(const std::vector<float>& pairs, const std::string& path) {
    SF_INFO info{};
    info.samplerate = 48000, info.channels = 2, info.format = SF_FORMAT_WAV | SF_FORMAT_PCM_16;
    SNDFILE* file = sf_open(path.c_str(), SFM_WRITE, &info);
    if (!file) return false;
    const auto wanted = static_cast<sf_count_t>(pairs.size() / 2);
    const bool good = sf_writef_float(file, pairs.data(), wanted) == wanted;
    return sf_close(file) == 0 && good;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fprintf(stderr, "usage: hear_events OUT_FOLDER [NAME ...]\n");
        return 2;
    }
    const std::string folder = argv[1];
    const std::vector<std::string> wanted(argv + 2, argv + argc);
    std::printf("%-20s %8s %8s %8s %9s %8s %8s\n", "scene", "raw LUFS", "LUFS", "peak dB",
                "centroid", "first ms", "wall ms");
    for (const Scene& scene : all_scenes()) {
        if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), scene.name) == wanted.end())
            continue;
        const auto heard = listen(scene);
        if (!heard) {
            std::fprintf(stderr, "hear_events: %s\n", heard.error().text().c_str());
            return 1;
        }
        const std::vector<float> mono = mono_of(heard->raw);
        // Onset of the first event, against its own first 20 ms.
        double late_ms = 0;
        if (!scene.shot.events.empty()) {
            const auto at = static_cast<size_t>(std::llround(scene.shot.events[0].t_s * 48000));
            const std::vector<float> part(mono.begin() + static_cast<std::ptrdiff_t>(at - 480),
                                          mono.begin() + static_cast<std::ptrdiff_t>(at + 960));
            late_ms = static_cast<double>(sound::onset_sample(part) - 480) / 48;
        }
        std::printf("%-20s %8.1f %8.1f %8.2f %9.0f %8.2f %8.0f\n", scene.name.c_str(),
                    heard->raw_lufs, heard->lufs, heard->true_peak_db,
                    sound::spectral_centroid_hz(mono), late_ms, heard->cpu_ms);
        const base::Status drawn =
            media::write_png(picture(heard->final, scene.shot.events, scene.shot.end_s),
                             folder + "/" + scene.name + ".png");
        if (!drawn || !write_wav(heard->final, folder + "/" + scene.name + ".wav")) {
            std::fprintf(stderr, "hear_events: cannot write (%s)\n", folder.c_str());
            return 1;
        }
    }
    return 0;
}
