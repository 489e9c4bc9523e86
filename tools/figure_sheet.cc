// Contact sheets of people: poses over time, faces, hands, outfits. A small z-buffer with soft
// light, so that a change of the skin is seen in a second.
//
//   figure_sheet OUT.png [key=value ...]
//     clip=shoot      frames of this clip (default: a turn-around of the standing figure)
//     outfit= role= sex= age= hair= seed= height= mass= material=
//     view=0.6        camera angle about the figure, rad (0 = from its front)
//     views=0,0.6,1.57  several angles at from=
//     lineup=1        eight people in different clothes and moments
//     focus=joint     close-up of a joint; span=0.3 metres across
//     count=8 columns=8 width=200 height_px=360 from= to= smile= jaw= blink= viseme= gaze=
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>

#include "base/math/colour.h"
#include "media/still.h"
#include "render/figure/figure_mesh.h"
#include "world/figure/figure.h"
#include "world/figure/joints.h"

namespace {

using base::Vec3f;

struct View {
    Vec3f eye, target;
    float span_m;  // across the height of the picture
};

// Two samples a pixel each way; a key light with a shadow map, a sky and a rim.
class Canvas {
public:
    Canvas(int width, int height) : w_(width * 2), h_(height * 2) {
        depth_.assign(static_cast<size_t>(w_ * h_), 1e9f);
        colour_.assign(depth_.size(), Vec3f{0.30f, 0.33f, 0.36f});
    }

    void draw(const render::FigureSkin& skin, const std::vector<Vec3f>& p,
              const std::vector<Vec3f>& n, const View& view) {
        const Vec3f forward = base::normalize(view.target - view.eye);
        const Vec3f right = base::normalize(base::cross(forward, Vec3f{0, 0, 1}));
        const Vec3f up = base::cross(right, forward);
        const float distance = base::length(view.target - view.eye);
        const Vec3f key = base::normalize(right * -0.55f + up * 0.75f - forward * 0.75f);
        shadow(skin, p, view, key);
        const float scale = static_cast<float>(h_) / view.span_m * distance;
        for (const render::FigurePart& part : skin.parts) {
            const float gloss = part.roughness >= 0       ? 1 - part.roughness
                                : part.material == "skin" ? 0.28f
                                : part.material == "leather" || part.material == "rubber" ? 0.55f
                                : part.material == "steel"                                ? 0.9f
                                                                                          : 0.15f;
            for (int t = part.first_triangle; t < part.first_triangle + part.triangle_count; ++t) {
                const auto& tri = skin.triangles[static_cast<size_t>(t)];
                float x[3], y[3], z[3];
                bool ok = true;
                for (size_t k = 0; k < 3; ++k) {
                    const Vec3f d = p[tri[k]] - view.eye;
                    z[k] = base::dot(d, forward);
                    ok = ok && z[k] > 0.02f;
                    x[k] = static_cast<float>(w_) / 2 + base::dot(d, right) / z[k] * scale;
                    y[k] = static_cast<float>(h_) / 2 - base::dot(d, up) / z[k] * scale;
                }
                const float area = (x[1] - x[0]) * (y[2] - y[0]) - (x[2] - x[0]) * (y[1] - y[0]);
                if (!ok || std::abs(area) < 1e-9f) continue;
                const int x0 = std::max(0, static_cast<int>(std::min({x[0], x[1], x[2]})));
                const int x1 = std::min(w_ - 1, static_cast<int>(std::max({x[0], x[1], x[2]})) + 1);
                const int y0 = std::max(0, static_cast<int>(std::min({y[0], y[1], y[2]})));
                const int y1 = std::min(h_ - 1, static_cast<int>(std::max({y[0], y[1], y[2]})) + 1);
                for (int py = y0; py <= y1; ++py)
                    for (int px = x0; px <= x1; ++px) {
                        const float fx = static_cast<float>(px) + 0.5f,
                                    fy = static_cast<float>(py) + 0.5f;
                        const float b1 =
                            ((fx - x[0]) * (y[2] - y[0]) - (x[2] - x[0]) * (fy - y[0])) / area;
                        const float b2 =
                            ((x[1] - x[0]) * (fy - y[0]) - (fx - x[0]) * (y[1] - y[0])) / area;
                        const float b0 = 1 - b1 - b2;
                        if (b0 < 0 || b1 < 0 || b2 < 0) continue;
                        const float depth = b0 * z[0] + b1 * z[1] + b2 * z[2];
                        const size_t at = static_cast<size_t>(py * w_ + px);
                        if (depth >= depth_[at]) continue;
                        depth_[at] = depth;
                        Vec3f normal =
                            base::normalize(n[tri[0]] * b0 + n[tri[1]] * b1 + n[tri[2]] * b2);
                        const Vec3f point = p[tri[0]] * b0 + p[tri[1]] * b1 + p[tri[2]] * b2;
                        const Vec3f face =
                            base::cross(p[tri[1]] - p[tri[0]], p[tri[2]] - p[tri[0]]);
                        const bool back = base::dot(face, view.eye - point) < 0;
                        if (back) normal = -normal;
                        Vec3f albedo =
                            part.colour * (skin.tints[tri[0]] * b0 + skin.tints[tri[1]] * b1 +
                                           skin.tints[tri[2]] * b2);
                        if (back) albedo *= 0.5f;
                        colour_[at] =
                            shade(albedo, normal, point, base::normalize(view.eye - point), key,
                                  gloss, part.material == "skin") +
                            Vec3f{1, 1, 1} * (part.emission * 3);
                    }
            }
        }
    }

    base::Image8 picture() const {
        base::Image8 out(w_ / 2, h_ / 2, 3);
        for (int y = 0; y < out.height_px; ++y)
            for (int x = 0; x < out.width_px; ++x) {
                Vec3f sum{};
                for (int k = 0; k < 4; ++k) {
                    Vec3f c = colour_[static_cast<size_t>((2 * y + k / 2) * w_ + 2 * x + k % 2)];
                    sum += c / (c + Vec3f{0.6f, 0.6f, 0.6f}) * 1.45f * 0.25f;
                }
                for (int c = 0; c < 3; ++c)
                    out.at(x, y)[c] = static_cast<uint8_t>(
                        255.f * base::linear_to_srgb(std::clamp(sum[c], 0.f, 1.f)) + 0.5f);
            }
        return out;
    }

private:
    static constexpr int kMap = 900;
    void shadow(const render::FigureSkin& skin, const std::vector<Vec3f>& p, const View& view,
                Vec3f key) {
        key_ = key;
        sx_ = base::any_perpendicular(key);
        sy_ = base::cross(key, sx_);
        centre_ = view.target;
        extent_ = std::max(0.45f, view.span_m * 1.3f);
        map_.assign(static_cast<size_t>(kMap * kMap), -1e9f);
        for (const auto& tri : skin.triangles) {
            float x[3], y[3], z[3];
            for (size_t k = 0; k < 3; ++k) {
                const Vec3f d = p[tri[k]] - centre_;
                x[k] = (base::dot(d, sx_) / extent_ + 0.5f) * kMap;
                y[k] = (base::dot(d, sy_) / extent_ + 0.5f) * kMap;
                z[k] = base::dot(d, key);
            }
            const float area = (x[1] - x[0]) * (y[2] - y[0]) - (x[2] - x[0]) * (y[1] - y[0]);
            if (std::abs(area) < 1e-9f) continue;
            for (int py = std::max(0, static_cast<int>(std::min({y[0], y[1], y[2]})));
                 py <= std::min(kMap - 1, static_cast<int>(std::max({y[0], y[1], y[2]}))); ++py)
                for (int px = std::max(0, static_cast<int>(std::min({x[0], x[1], x[2]})));
                     px <= std::min(kMap - 1, static_cast<int>(std::max({x[0], x[1], x[2]})));
                     ++px) {
                    const float fx = static_cast<float>(px) + 0.5f,
                                fy = static_cast<float>(py) + 0.5f;
                    const float b1 =
                        ((fx - x[0]) * (y[2] - y[0]) - (x[2] - x[0]) * (fy - y[0])) / area;
                    const float b2 =
                        ((x[1] - x[0]) * (fy - y[0]) - (fx - x[0]) * (y[1] - y[0])) / area;
                    if (b1 < 0 || b2 < 0 || b1 + b2 > 1) continue;
                    float& m = map_[static_cast<size_t>(py * kMap + px)];
                    m = std::max(m, z[0] * (1 - b1 - b2) + z[1] * b1 + z[2] * b2);
                }
        }
    }
    float lit(Vec3f point) const {
        const Vec3f d = point - centre_;
        const float x = (base::dot(d, sx_) / extent_ + 0.5f) * kMap,
                    y = (base::dot(d, sy_) / extent_ + 0.5f) * kMap;
        float sum = 0;
        for (int j = -2; j <= 2; ++j)
            for (int i = -2; i <= 2; ++i) {
                const int px = static_cast<int>(x) + i * 2, py = static_cast<int>(y) + j * 2;
                if (px < 0 || py < 0 || px >= kMap || py >= kMap) {
                    sum += 1;
                    continue;
                }
                sum += base::dot(d, key_) >
                       map_[static_cast<size_t>(py * kMap + px)] - 0.012f * extent_;
            }
        return sum / 25;
    }
    Vec3f shade(Vec3f albedo, Vec3f n, Vec3f point, Vec3f v, Vec3f key, float gloss,
                bool skin) const {
        const float nl = base::dot(n, key);
        const float wrap = skin ? 0.25f : 0.f;
        const float direct = std::max(0.f, (nl + wrap) / (1 + wrap)) * lit(point + n * 0.004f);
        const float sky = 0.5f + 0.5f * n.z, fill = 0.5f + 0.5f * base::dot(n, v);
        const Vec3f half = base::normalize(key + v);
        const float power = 6 + 250 * gloss * gloss;
        const float spec = std::pow(std::max(0.f, base::dot(n, half)), power) *
                           (0.03f + 0.25f * gloss) * (nl > 0 ? lit(point + n * 0.004f) : 0.f);
        const float rim = std::pow(1 - std::clamp(base::dot(n, v), 0.f, 1.f), 4.f) * 0.12f;
        Vec3f light = Vec3f{1.05f, 1.0f, 0.92f} * direct + Vec3f{0.26f, 0.29f, 0.34f} * sky +
                      Vec3f{0.14f, 0.13f, 0.13f} * fill;
        if (skin) light += Vec3f{0.10f, 0.03f, 0.015f} * std::max(0.f, 1 - std::abs(nl) * 2.5f);
        return albedo * light +
               Vec3f{1, 1, 1} * (spec * 2.2f + rim * 0.5f * base::luminance(albedo));
    }

    int w_, h_;
    std::vector<float> depth_;
    std::vector<Vec3f> colour_;
    std::vector<float> map_;
    Vec3f key_, sx_, sy_, centre_;
    float extent_ = 1;
};

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fprintf(stderr, "figure_sheet: OUT.png [key=value ...]\n");
        return 2;
    }
    std::map<std::string, std::string> options;
    for (int i = 2; i < argc; ++i) {
        const std::string text = argv[i];
        const size_t equals = text.find('=');
        if (equals == std::string::npos) return 2;
        options[text.substr(0, equals)] = text.substr(equals + 1);
    }
    const auto text = [&](const char* key, const char* fallback) {
        return options.contains(key) ? options[key] : std::string(fallback);
    };
    const auto number = [&](const char* key, double fallback) {
        return options.contains(key) ? std::atof(options[key].c_str()) : fallback;
    };

    world::FigureModel figure;
    figure.name = "person";
    figure.look.sex = text("sex", "female");
    figure.look.age = text("age", "young");
    figure.look.role = text("role", "");
    figure.look.outfit = text("outfit", "");
    figure.look.hair_style = text("hair", "");
    figure.look.material = text("material", "");
    figure.look.seed = static_cast<uint64_t>(number("seed", 1));
    const auto hex = [&](const char* key, Vec3f& out) {
        if (options.contains(key))
            out = base::colour_from_hex(
                static_cast<unsigned>(std::strtoul(options[key].c_str(), nullptr, 16)));
    };
    hex("skin", figure.look.skin);
    hex("hair_colour", figure.look.hair);
    hex("top", figure.look.top);
    figure.height_m = number("height", figure.look.sex == "male" ? 1.80 : 1.68);
    figure.mass_kg = number("mass", 0);
    if (figure.mass_kg <= 0)
        figure.mass_kg = figure.height_m * figure.height_m * (figure.look.sex == "male" ? 23 : 21);
    const std::string clip = text("clip", "");
    const int count = static_cast<int>(number("count", 8));
    double from = 0, to = 0;
    if (!clip.empty()) {
        world::FigureTask task;
        task.clip = clip;
        task.start_s = 0.3;
        const double length = world::clip_timing(clip).length_s;
        task.end_s = number("end", 0.3 + length);
        if (options.contains("x")) task.to = base::Vec3{number("x", 2), number("y", 0), 0};
        if (options.contains("ax"))
            task.aim = base::Vec3{number("ax", 4), number("ay", 0), number("az", 3)};
        if (options.contains("speed")) task.speed = number("speed", 1);
        figure.tasks.push_back(task);
        from = number("from", 0.3);
        to = number("to", task.end_s);
    }
    // A row of different people: every picture another cast member in another moment.
    struct Member {
        const char *sex, *age, *outfit, *hair, *clip;
        double at;
    };
    constexpr Member kCast[] = {{"male", "young", "jersey", "short", "shoot", 1.15},
                                {"female", "young", "skating_dress", "bun", "spin", 2.1},
                                {"male", "old", "suit", "short", "wave", 0.9},
                                {"female", "young", "tshirt_jeans", "long", "walk", 1.32},
                                {"male", "young", "chef", "curly", "cheer", 0.8},
                                {"female", "young", "dress", "bob", "dance", 1.7},
                                {"male", "child", "football_kit", "short", "kick", 0.80},
                                {"female", "old", "coat", "bob", "stand", 0.4}};
    const bool lineup = options.contains("lineup");
    auto skin = render::build_skin(figure);
    std::printf("%d vertices, %zu triangles, %zu parts\n", skin->vertex_count(),
                skin->triangles.size(), skin->parts.size());
    if (options.contains("parts"))
        for (const auto& part : skin->parts)
            std::printf("  %-16s %6d %s\n", part.name.c_str(), part.triangle_count,
                        part.material.c_str());
    const int width = static_cast<int>(number("width", 200)),
              height = static_cast<int>(number("height_px", 380));
    std::vector<base::Image8> thumbs;
    std::vector<double> views;
    for (std::string rest = text("views", ""); !rest.empty();) {
        const size_t comma = rest.find(',');
        views.push_back(std::atof(rest.substr(0, comma).c_str()));
        rest = comma == std::string::npos ? "" : rest.substr(comma + 1);
    }
    const int pictures = lineup          ? static_cast<int>(std::size(kCast))
                         : views.empty() ? count
                                         : static_cast<int>(views.size());
    for (int i = 0; i < pictures; ++i) {
        if (lineup) {
            const Member& m = kCast[i];
            figure.look.sex = m.sex;
            figure.look.age = m.age;
            figure.look.outfit = m.outfit;
            figure.look.hair_style = m.hair;
            figure.look.seed =
                static_cast<uint64_t>(number("seed", 1)) + static_cast<uint64_t>(i) * 7;
            figure.height_m = figure.look.age == "child"  ? 1.30
                              : figure.look.sex == "male" ? 1.82
                                                          : 1.68;
            figure.mass_kg = figure.height_m * figure.height_m *
                             (figure.look.age == "child"  ? 16
                              : figure.look.sex == "male" ? 23
                                                          : 21);
            figure.tasks.clear();
            world::FigureTask task;
            task.clip = m.clip;
            task.end_s = 5;
            figure.tasks.push_back(task);
            skin = render::build_skin(figure);
        }
        const double t = lineup ? kCast[i].at
                         : clip.empty() || !views.empty()
                             ? number("from", 0)
                             : from + (to - from) * i / std::max(1, count - 1);
        world::FigureState state = world::pose_figure(figure, t);
        if (options.contains("jaw")) {
            state.jaw = static_cast<float>(number("jaw", 0));
            auto& jaw = state.joints[world::kJaw].rotation;
            jaw = state.joints[world::kHead].rotation *
                  base::Quatf::from_axis_angle({0, 1, 0}, 0.30f * state.jaw);
        }
        if (options.contains("smile")) state.smile = static_cast<float>(number("smile", 0));
        if (options.contains("blink")) state.blink = static_cast<float>(number("blink", 0));
        std::vector<Vec3f> p, n;
        render::pose(*skin, state, p, n);
        double angle = number("view", 0.6);
        if (clip.empty() && !options.contains("view")) angle = 2 * base::kPi * i / count;
        if (!views.empty()) angle = views[static_cast<size_t>(i)];
        const int joint = world::find_joint(text("focus", "pelvis"));
        Vec3f target = state.joints[static_cast<size_t>(joint)].translation;
        const bool whole = !options.contains("focus");
        if (whole) target.z = static_cast<float>(0.52 * figure.height_m);
        target += Vec3f{static_cast<float>(number("dx", 0)), static_cast<float>(number("dy", 0)),
                        static_cast<float>(number("dz", 0))};
        if (lineup && !whole && i % 2 == 1) angle = -angle;
        const auto span = static_cast<float>(number("span", whole ? figure.height_m * 1.25 : 0.34));
        const auto away = static_cast<float>(std::max(0.7, span * 2.2));
        const auto rise = static_cast<float>(number("rise", 0.06));
        const View view{target + Vec3f{static_cast<float>(std::cos(angle)),
                                       static_cast<float>(std::sin(angle)), rise} *
                                     away,
                        target, span};
        Canvas canvas(width, height);
        canvas.draw(*skin, p, n, view);
        thumbs.push_back(canvas.picture());
    }
    const base::Image8 sheet =
        media::contact_sheet(thumbs, static_cast<int>(number("columns", pictures)));
    const std::string path = argv[1];
    const auto written =
        path.ends_with(".jpg") ? media::write_jpeg(sheet, path, 86) : media::write_png(sheet, path);
    if (!written.ok()) {
        std::fprintf(stderr, "figure_sheet: %s\n", written.error().text().c_str());
        return 1;
    }
    return 0;
}
