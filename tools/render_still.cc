// A look at shapes, materials and sets without a film: draws a set with shapes standing on its
// stage in a row and writes a PNG.
//
//   render_still --set gym --shapes basketball,dog:glass,vase:ceramic:0.4 --style noir out.png
//
// A shape is KIND[:MATERIAL[:SIZE_M]]. Use --set "" for a plain grey studio.
#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <sstream>

#include "media/still.h"
#include "render/render.h"
#include "world/figure/figure.h"
#include "world/sets/set.h"
#include "world/shapes/shape.h"

namespace {

std::vector<std::string> split(const std::string& text, char mark) {
    std::vector<std::string> parts;
    std::stringstream stream(text);
    for (std::string part; std::getline(stream, part, mark);) parts.push_back(part);
    return parts;
}

world::ShapePtr box(const std::string& name, base::Vec3 half, bool inward) {
    auto shape = std::make_shared<world::Shape>();
    shape->name = name;
    world::MeshPart part;
    for (int axis = 0; axis < 3; ++axis) {
        for (int sign = -1; sign <= 1; sign += 2) {
            const auto first = static_cast<uint32_t>(part.mesh.positions.size());
            for (int i = 0; i < 4; ++i) {
                base::Vec3f p;
                p[axis] = static_cast<float>(sign * half[axis]);
                p[(axis + 1) % 3] =
                    static_cast<float>((i == 1 || i == 2 ? 1 : -1) * half[(axis + 1) % 3]);
                p[(axis + 2) % 3] = static_cast<float>((i >= 2 ? 1 : -1) * half[(axis + 2) % 3]);
                part.mesh.positions.push_back(p);
                shape->bounds.add(p.cast<double>());
            }
            if ((sign > 0) != inward) {
                part.mesh.triangles.push_back({first, first + 1, first + 2});
                part.mesh.triangles.push_back({first, first + 2, first + 3});
            } else {
                part.mesh.triangles.push_back({first, first + 2, first + 1});
                part.mesh.triangles.push_back({first, first + 3, first + 2});
            }
        }
    }
    shape->parts.push_back(part);
    return shape;
}

world::SetModel studio() {
    world::SetModel set;
    set.name = "studio";
    set.room.low = {-4, -4, 0};
    set.room.high = {4, 4, 3.5};
    world::Body room;
    room.name = "room";
    room.shape = box("room", {4, 4, 1.75}, true);
    room.material = "plaster";
    room.motion = world::Motion::Static;
    room.pose.translation = {0, 0, 1.75};
    set.bodies.push_back(room);
    for (int i = -1; i <= 1; ++i) {
        world::Lamp lamp;
        lamp.pose.translation = {i * 2.0, -1.0, 3.45};
        lamp.width_m = 0.8;
        lamp.height_m = 0.8;
        lamp.power_lm = 4000;
        set.lamps.push_back(lamp);
    }
    set.camera_eye = {0, -3.2, 1.1};
    set.camera_target = {0, 0, 0.35};
    return set;
}

template <typename E>
E pick(const std::string& name, const std::vector<std::pair<std::string, E>>& names) {
    for (const auto& [word, value] : names)
        if (word == name) return value;
    std::fprintf(stderr, "render_still: what is '%s'?\n", name.c_str());
    std::exit(2);
}

}  // namespace

int main(int argc, char** argv) {
    std::string set_name, shapes, style = "realistic", size = "640x360", out, time = "day",
                                  weather = "clear";
    std::string quality = "standard", eye, target, anchor = "stage", figure;
    double lens = 0, f_number = 0, gap = 0.15, ev = -99;
    int threads = 0, frames = 1;
    std::string speed = "0,0,0", slide = "0,0,0";
    CLI::App app{"Draws a set with shapes on its stage"};
    app.add_option("--set", set_name, "name of a set; empty: grey studio");
    app.add_option("--shapes", shapes, "KIND[:MATERIAL[:SIZE_M]], comma separated");
    app.add_option("--figure", figure, "ROLE[:CLIP[:SECOND]] of a person on the stage");
    app.add_option("--style", style, "realistic, clay, anime, noir");
    app.add_option("--size", size, "WxH");
    app.add_option("--time", time, "dawn, day, sunset, night");
    app.add_option("--weather", weather, "clear, cloudy, rain, snow, fog");
    app.add_option("--quality", quality, "draft, standard, final");
    app.add_option("--eye", eye, "x,y,z");
    app.add_option("--target", target, "x,y,z");
    app.add_option("--anchor", anchor, "where the shapes stand");
    app.add_option("--lens", lens, "mm");
    app.add_option("--f", f_number, "f-number, 0 = all sharp");
    app.add_option("--gap", gap, "metres between shapes");
    app.add_option("--ev", ev, "manual exposure value");
    app.add_option("--threads", threads, "0 = all");
    app.add_option("--frames", frames, "frames to draw; the last is kept");
    app.add_option("--speed", speed, "m/s of the shapes: x,y,z");
    app.add_option("--slide", slide, "m/s of the camera: x,y,z");
    app.add_option("out", out, "file.png")->required();
    CLI11_PARSE(app, argc, argv);

    world::SetModel set = studio();
    if (!set_name.empty()) {
        auto built = world::build_set(set_name, {.time = time, .weather = weather});
        if (!built) {
            std::fprintf(stderr, "render_still: no set '%s'\n", set_name.c_str());
            return 2;
        }
        set = std::move(*built);
    }
    world::Scene scene;
    scene.bodies = set.bodies;
    scene.water = set.water;
    base::Transform place;
    if (const world::Anchor* at = set.anchor(anchor)) place = at->pose;

    const size_t first = scene.bodies.size();
    double width = 0;
    for (const std::string& item : split(shapes, ',')) {
        const auto words = split(item, ':');
        world::ShapeRequest request;
        request.kind = words[0];
        if (words.size() > 1) request.material = words[1];
        if (words.size() > 2) request.size_m = std::stod(words[2]);
        world::Body body;
        body.shape = world::build_shape(request);
        if (!body.shape) {
            std::fprintf(stderr, "render_still: no shape '%s'\n", words[0].c_str());
            return 2;
        }
        body.name = body.kind = words[0];
        body.material = request.material.empty() ? body.shape->default_material : request.material;
        const double half = body.shape->bounds.size().x / 2;
        width += half;
        body.pose.translation = {width - body.shape->bounds.centre().x, 0, 0};
        width += half + gap;
        scene.bodies.push_back(body);
    }
    width -= gap;
    for (size_t i = first; i < scene.bodies.size(); ++i) {
        base::Vec3& p = scene.bodies[i].pose.translation;
        p.x -= width / 2;
        p = p + place.translation;
    }
    world::Snapshot snapshot;
    if (!figure.empty()) {
        const auto words = split(figure, ':');
        auto person = std::make_shared<world::FigureModel>();
        person->name = "person";
        person->look.role = words[0];
        person->place = place;
        person->place.rotation = base::Quat::from_axis_angle({0, 0, 1}, -base::kPi / 2 + 0.4);
        person->tasks.push_back(
            {.clip = words.size() > 1 ? words[1] : "stand", .start_s = 0, .end_s = 10});
        scene.figures.push_back(person);
        snapshot.figures.push_back(
            world::pose_figure(*person, words.size() > 2 ? std::stod(words[2]) : 0.5));
    }
    for (const world::Body& body : scene.bodies)
        snapshot.bodies.push_back({.pose = body.pose, .visible = !body.hidden});

    render::Settings settings;
    const auto dims = split(size, 'x');
    settings.width_px = std::stoi(dims.at(0));
    settings.height_px = std::stoi(dims.at(1));
    settings.threads = threads;
    using render::Quality, render::Style, render::TimeOfDay, render::Weather;
    settings.style = pick<Style>(style, {{"realistic", Style::Realistic},
                                         {"clay", Style::Clay},
                                         {"anime", Style::Anime},
                                         {"noir", Style::Noir}});
    settings.quality = pick<Quality>(
        quality,
        {{"draft", Quality::Draft}, {"standard", Quality::Standard}, {"final", Quality::Final}});
    if (ev > -50) settings.exposure_ev = ev;
    render::Stage stage;
    stage.scene = &scene;
    stage.set = &set;
    stage.time = pick<TimeOfDay>(time, {{"dawn", TimeOfDay::Dawn},
                                        {"day", TimeOfDay::Day},
                                        {"sunset", TimeOfDay::Sunset},
                                        {"night", TimeOfDay::Night}});
    stage.weather = pick<Weather>(weather, {{"clear", Weather::Clear},
                                            {"cloudy", Weather::Cloudy},
                                            {"rain", Weather::Rain},
                                            {"snow", Weather::Snow},
                                            {"fog", Weather::Fog}});

    render::Camera camera;
    camera.eye = set.camera_eye;
    camera.target = set.camera_target;
    camera.lens_mm = lens > 0 ? lens : set.camera_lens_mm;
    const auto point = [](const std::string& text) {
        const auto v = split(text, ',');
        return base::Vec3{std::stod(v.at(0)), std::stod(v.at(1)), std::stod(v.at(2))};
    };
    if (!eye.empty()) camera.eye = point(eye);
    if (!target.empty()) camera.target = point(target);
    camera.f_number = f_number;
    camera.focus_m = length(camera.target - camera.eye);

    using Clock = std::chrono::steady_clock;
    const auto seconds = [](Clock::time_point from) {
        return std::chrono::duration<double>(Clock::now() - from).count();
    };
    auto start = Clock::now();
    auto renderer = render::Renderer::create(stage, settings);
    if (!renderer.ok()) {
        std::fprintf(stderr, "render_still: %s\n", renderer.error().text().c_str());
        return 1;
    }
    std::printf("set up in %.2f s\n", seconds(start));
    base::Image8 image;
    for (int i = 0; i < frames; ++i) {
        start = Clock::now();
        const std::clock_t cpu = std::clock();
        const double open_s = i / 24.0, close_s = open_s + 0.5 / 24;
        const auto at = [&](double t) {
            world::Snapshot moved = snapshot;
            for (size_t k = first; k < scene.bodies.size(); ++k) {
                moved.bodies[k].pose.translation += point(speed) * t;
            }
            return moved;
        };
        const auto seen_at = [&](double t) {
            render::Camera c = camera;
            c.eye += point(slide) * t;
            c.target += point(slide) * t;
            return c;
        };
        const world::Snapshot open = at(open_s), close = at(close_s);
        auto picture = (*renderer)->render({.index = i,
                                            .open = &open,
                                            .close = &close,
                                            .camera_open = seen_at(open_s),
                                            .camera_close = seen_at(close_s),
                                            .time_s = open_s});
        if (!picture.ok()) {
            std::fprintf(stderr, "render_still: %s\n", picture.error().text().c_str());
            return 1;
        }
        image = std::move(picture->image);
        std::printf("frame %d in %.2f s, %.2f s of processors\n", i, seconds(start),
                    static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC);
    }
    const base::Status written = media::write_png(image, out);
    if (!written.ok()) {
        std::fprintf(stderr, "render_still: %s\n", written.error().text().c_str());
        return 1;
    }
    return 0;
}
