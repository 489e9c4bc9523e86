// Looks at places and surfaces: one picture per set from its default camera, or one per material or
// pattern on a ball and a slab, on one contact sheet.
//
//   set_sheet out.png                          every set by day
//   set_sheet --only gym,pool --time night --size 640x360 --columns 1 out.png
//   set_sheet --materials out.jpg              every material
//   set_sheet --patterns --only brick_wall,gym_court out.png
#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <sstream>

#include "base/math/colour.h"
#include "media/still.h"
#include "render/material/surface.h"
#include "render/render.h"
#include "world/record/snapshot.h"
#include "world/sets/set.h"
#include "world/sets/shape_maker.h"

namespace {

using base::Vec3;

std::vector<std::string> split(const std::string& text) {
    std::vector<std::string> parts;
    std::stringstream stream(text);
    for (std::string part; std::getline(stream, part, ',');) {
        if (!part.empty()) parts.push_back(part);
    }
    return parts;
}

// A slab standing behind a ball and a small cube, under two soft lamps: the usual sample board.
world::SetModel sample_board(const world::Paint& paint, double slab_m, double ball_m) {
    world::SetModel set;
    set.name = "samples";
    const auto add = [&](const char* name, world::ShapePtr shape) {
        world::Body body;
        body.name = name;
        body.shape = std::move(shape);
        body.material = body.shape->default_material;
        body.motion = world::Motion::Static;
        set.bodies.push_back(body);
    };
    world::ShapeMaker ground("ground", "plaster");
    ground.paint(world::painted("plaster", 0x8a8a88));
    ground.quad({-9, -9, 0}, {9, -9, 0}, {9, 9, 0}, {-9, 9, 0});
    ground.paint(world::painted("plaster", 0x6f7276));
    ground.quad({-9, 4, 0}, {9, 4, 0}, {9, 4, 6}, {-9, 4, 6});
    add("ground", ground.finish());
    world::ShapeMaker slab("slab", paint.material);
    slab.paint(paint).box({slab_m * 0.30, slab_m * 0.35, slab_m * 0.45},
                          {slab_m * 0.95, slab_m * 0.08, slab_m * 0.9}, 0.004);
    add("slab", slab.finish());
    world::ShapeMaker ball("ball", paint.material);
    ball.paint(paint).ellipsoid({-ball_m * 1.05, -ball_m * 0.6, ball_m}, {ball_m, ball_m, ball_m},
                                64);
    add("ball", ball.finish());
    const auto lamp = [&](Vec3 from, Vec3 to, double edge, double lm) {
        world::Lamp l;
        const Vec3 z = normalize(from - to);
        l.pose = {from, base::Quat::between({0, 0, 1}, z)};
        l.width_m = l.height_m = edge;
        l.power_lm = lm;
        set.lamps.push_back(l);
    };
    const double s = slab_m;
    lamp({-2.2 * s, -2.0 * s, 3.0 * s}, {0, 0, 0.3 * s}, 1.4 * s, 3000 * s * s);
    lamp({2.6 * s, -1.0 * s, 2.2 * s}, {0, 0, 0.3 * s}, 0.7 * s, 900 * s * s);
    set.room.low = {-9, -9, 0};
    set.room.high = {9, 4, 6};
    set.camera_eye = Vec3{-0.05, -2.05, 0.95} * s;
    set.camera_target = Vec3{0.06, 0.1, 0.40} * s;
    set.camera_lens_mm = 50;
    return set;
}

}  // namespace

int main(int argc, char** argv) {
    std::string only, out, size = "480x270", time = "day", weather = "clear", style = "realistic",
                           eye, target;
    std::string floor, wall, colour, quality = "standard";
    int columns = 4, frames = 1;
    bool materials = false, patterns = false, list = false;
    double lens = 0, slab = 0.45;
    CLI::App app{"Contact sheets of sets, materials and patterns"};
    app.add_option("--only", only, "names, comma separated");
    app.add_option("--size", size, "WxH of one picture");
    app.add_option("--columns", columns, "pictures in a row");
    app.add_option("--time", time, "dawn, day, sunset, night");
    app.add_option("--weather", weather, "clear, cloudy, rain, snow, fog");
    app.add_option("--style", style, "realistic, clay");
    app.add_option("--quality", quality, "draft, standard, final");
    app.add_option("--floor", floor, "SetOptions::floor");
    app.add_option("--wall", wall, "SetOptions::wall");
    app.add_option("--colour", colour, "rrggbb of materials and patterns");
    app.add_option("--eye", eye, "x,y,z instead of the set's camera");
    app.add_option("--target", target, "x,y,z");
    app.add_option("--lens", lens, "mm");
    app.add_option("--slab", slab, "edge of the sample slab, metres");
    app.add_option("--frames", frames, "frames to draw, the last is kept");
    app.add_flag("--materials", materials, "materials instead of sets");
    app.add_flag("--patterns", patterns, "patterns instead of sets");
    app.add_flag("--list", list, "print names, triangles, lamps");
    app.add_option("out", out, "file.png or file.jpg");
    CLI11_PARSE(app, argc, argv);
    int width = 480, height = 270;
    std::sscanf(size.c_str(), "%dx%d", &width, &height);

    std::vector<std::string> names = split(only);
    if (names.empty()) {
        names = materials  ? render::look_materials()
                : patterns ? render::look_patterns()
                           : world::set_names();
    }
    if (list) {
        for (const std::string& name : world::set_names()) {
            const auto set = world::build_set(name, {});
            long triangles = 0;
            for (const auto& body : set->bodies) triangles += world::triangle_count(*body.shape);
            std::printf("%-20s %7ld triangles %4zu bodies %3zu lamps\n", name.c_str(), triangles,
                        set->bodies.size(), set->lamps.size());
        }
        return 0;
    }
    std::vector<base::Image8> pictures;
    for (const std::string& name : names) {
        std::optional<world::SetModel> set;
        if (materials || patterns) {
            world::Paint paint;
            paint.material = materials ? name : "plaster";
            if (patterns) {
                // "pattern" or "pattern:material".
                const auto colon = name.find(':');
                paint.pattern = name.substr(0, colon);
                if (colon != std::string::npos) paint.material = name.substr(colon + 1);
            }
            if (!colour.empty())
                paint.colour =
                    base::colour_from_hex(static_cast<unsigned>(std::stoul(colour, nullptr, 16)));
            set = sample_board(paint, slab, slab * 0.27);
        } else {
            set = world::build_set(
                name, {.floor = floor, .wall = wall, .time = time, .weather = weather});
        }
        if (!set) {
            std::fprintf(stderr, "set_sheet: no set '%s'\n", name.c_str());
            return 2;
        }
        world::Scene scene;
        scene.bodies = set->bodies;
        scene.water = set->water;
        world::Snapshot snapshot;
        for (const world::Body& body : scene.bodies) {
            world::BodyState state;
            state.pose = body.pose;
            snapshot.bodies.push_back(state);
        }
        render::Stage stage{&scene, &*set};
        if (time == "dawn") stage.time = render::TimeOfDay::Dawn;
        if (time == "sunset") stage.time = render::TimeOfDay::Sunset;
        if (time == "night") stage.time = render::TimeOfDay::Night;
        if (weather == "cloudy") stage.weather = render::Weather::Cloudy;
        if (weather == "rain") stage.weather = render::Weather::Rain;
        if (weather == "snow") stage.weather = render::Weather::Snow;
        if (weather == "fog") stage.weather = render::Weather::Fog;
        render::Settings settings;
        settings.width_px = width;
        settings.height_px = height;
        if (quality == "draft") settings.quality = render::Quality::Draft;
        if (quality == "final") settings.quality = render::Quality::Final;
        if (style == "clay") settings.style = render::Style::Clay;
        if (style == "anime") settings.style = render::Style::Anime;
        if (style == "noir") settings.style = render::Style::Noir;
        const auto start = std::chrono::steady_clock::now();
        auto renderer = render::Renderer::create(stage, settings);
        if (!renderer) {
            std::fprintf(stderr, "set_sheet: %s: %s\n", name.c_str(),
                         renderer.error().message.c_str());
            return 1;
        }
        render::Camera camera;
        camera.eye = set->camera_eye;
        camera.target = set->camera_target;
        camera.lens_mm = lens > 0 ? lens : set->camera_lens_mm;
        if (!eye.empty())
            std::sscanf(eye.c_str(), "%lf,%lf,%lf", &camera.eye.x, &camera.eye.y, &camera.eye.z);
        if (!target.empty())
            std::sscanf(target.c_str(), "%lf,%lf,%lf", &camera.target.x, &camera.target.y,
                        &camera.target.z);
        const auto ready = std::chrono::steady_clock::now();
        for (int i = 0; i < frames; ++i) {
            render::FrameInput frame;
            frame.index = i;
            frame.open = frame.close = &snapshot;
            frame.camera_open = frame.camera_close = camera;
            frame.time_s = i / 24.0;
            auto picture = (*renderer)->render(frame);
            if (!picture) {
                std::fprintf(stderr, "set_sheet: %s: %s\n", name.c_str(),
                             picture.error().message.c_str());
                return 1;
            }
            if (i + 1 == frames) pictures.push_back(picture->image);
        }
        const auto done = std::chrono::steady_clock::now();
        const auto seconds = [](auto a, auto b) {
            return std::chrono::duration<double>(b - a).count();
        };
        std::printf("%-20s set up %.2f s, frame %.2f s\n", name.c_str(), seconds(start, ready),
                    seconds(ready, done) / frames);
        std::fflush(stdout);
    }
    const base::Image8 sheet =
        pictures.size() == 1 ? pictures[0] : media::contact_sheet(pictures, columns, 3);
    const bool jpeg = out.size() > 4 && out.substr(out.size() - 4) == ".jpg";
    const auto written = jpeg ? media::write_jpeg(sheet, out, 80) : media::write_png(sheet, out);
    if (!written) {
        std::fprintf(stderr, "set_sheet: %s\n", written.error().message.c_str());
        return 1;
    }
    return 0;
}
