// One shot's eye: puts geometry, light, film, lens and grade together (see render.h).
#include <future>

#include "base/core/random.h"
#include "base/math/colour.h"
#include "render/denoise/film.h"
#include "render/figure/skin_cache.h"
#include "render/integrate/passes.h"
#include "render/plate/plate.h"
#include "render/plate/plate_picture.h"
#include "render/scene/threads.h"
#include "render/style/anime.h"
#include "render/style/exposure.h"
#include "render/style/lens.h"
#include "render/style/particles.h"
#include "render/style/tone.h"

namespace render {
namespace {

// The only difference between qualities: how many of everything.
struct Effort {
    int samples, fresh_samples, first_samples, enough_samples;
    int probes, probe_rays;
    int sky_width_px;
    int oversample;  // of drawn styles, per axis
};
Effort effort_of(Quality quality) {
    switch (quality) {
        case Quality::Draft: return {1, 2, 2, 24, 1200, 48, 1024, 2};
        case Quality::Standard: return {1, 4, 8, 48, 4000, 96, 2048, 2};
        case Quality::Final: return {5, 14, 24, 256, 8000, 192, 4096, 3};
    }
    return {};
}

Vec3f light_in_room(const LightSet& lights, const world::Room& room) {
    Vec3f flux{};
    for (const Light& light : lights.lights) {
        if (light.kind == Light::Kind::Distant) continue;
        const float area = light.kind == Light::Kind::Sphere
                               ? 12.566371f * light.radius * light.radius
                               : 4 * length(cross(light.half_u, light.half_v));
        flux += light.luminance * (3.1415927f * area);
    }
    const Vec3f size = (room.high - room.low).cast<float>();
    const float walls = 2 * (size.x * size.y + size.y * size.z + size.z * size.x);
    return flux / std::max(1.f, walls) * (0.35f / 3.1415927f);
}

// A plate's scene light is the picture's own: exposed by 1 (ISO 2720 as in Exposure).
std::optional<double> exposure_of(const Stage& stage, const Settings& settings) {
    if (stage.plate) return std::log2(1 / 1.2);
    return settings.exposure_ev;
}

class HybridRenderer : public Renderer {
public:
    HybridRenderer(const Stage& stage, const Settings& settings)
        : stage_(stage),
          settings_(settings),
          effort_(effort_of(settings.quality)),
          room_(stage.set ? stage.set->room : world::Room{}),
          open_air_(room_.outdoors),
          threads_(settings.threads),
          film_soon_(make_film()),
          geometry_(stage, settings),
          exposure_(settings.style, exposure_of(stage, settings)) {}

    base::Status prepare(const std::function<void(double)>& progress,
                         const base::CancelToken* cancel);
    base::Result<Picture> render(const FrameInput& input, const base::CancelToken* cancel) override;

private:
    std::future<std::unique_ptr<Film>> make_film() const;
    void light_the_set(const FrameInput& input);
    void meter(const FrameInput& input, const CameraFrame& camera);
    base::Image8 develop_picture(const std::vector<Vec3f>& light, int64_t index) const;
    base::Result<std::vector<Vec3f>> photograph(const FrameInput& input, const CameraFrame& now,
                                                const CameraFrame& close,
                                                const base::CancelToken* cancel);
    base::Image8 paint(const FrameInput& input, const CameraFrame& now);
    void add_particles(std::vector<Vec3f>& light, const FrameInput& input, const CameraFrame& now,
                       const std::function<float(int, int)>& depth);

    Stage stage_;
    Settings settings_;
    Effort effort_;
    world::Room room_;
    bool open_air_;
    Threads threads_;
    std::future<std::unique_ptr<Film>> film_soon_;  // its memory is found while the set is built
    StageGeometry geometry_;
    Exposure exposure_;
    std::unique_ptr<Sky> sky_;
    LightSet lights_;
    std::unique_ptr<Tracer> tracer_;
    std::unique_ptr<ProbeGrid> probes_;
    std::unique_ptr<Film> film_;
    CameraFrame before_;
    bool before_known_ = false, started_ = false;
    float clamp_exposure_ = 1;
    float emission_ = 0.8f;  // picture light of things that glow with 1
    double last_time_s_ = 0;
    uint32_t drawn_ = 0;
};

std::future<std::unique_ptr<Film>> HybridRenderer::make_film() const {
    FilmPlan plan;
    plan.width_px = settings_.width_px;
    plan.height_px = settings_.height_px;
    plan.samples = effort_.samples;
    plan.fresh_samples = effort_.fresh_samples;
    plan.first_samples = effort_.first_samples;
    plan.enough_samples = effort_.enough_samples;
    plan.fog = settings_.style == Style::Noir ? 0.05f : 1.f;
    const bool drawn = settings_.style == Style::Anime;  // needs none
    return std::async(drawn || threads_.count() == 1 ? std::launch::deferred : std::launch::async,
                      [plan] { return std::make_unique<Film>(plan); });
}

base::Status HybridRenderer::prepare(const std::function<void(double)>& progress,
                                     const base::CancelToken* cancel) {
    if (cancel) TRY(cancel->check());
    if (progress) progress(0.4);
    const bool sky = stage_.set && (stage_.set->has_sky || open_air_) && !stage_.plate;
    if (sky && settings_.style != Style::Anime) {
        sky_ =
            std::make_unique<Sky>(stage_.time, stage_.weather, settings_.seed, effort_.sky_width_px,
                                  threads_, stage_.scene->air_density_kgpm3 <= 0);
    }
    lights_ = LightSet::build(stage_, settings_, sky_.get());
    if (cancel) TRY(cancel->check());
    const Vec3f size = (room_.high - room_.low).cast<float>();
    const float gather =
        open_air_ ? 3.f : std::clamp(0.25f * std::min({size.x, size.y, size.z}), 0.3f, 2.f);
    tracer_ = std::make_unique<Tracer>(
        geometry_, lights_, sky_.get(), light_in_room(lights_, room_),
        settings_.style == Style::Noir ? 0.02f : 1.f,
        TracerOptions{.gather_m = gather,
                      .path_depth = settings_.quality == Quality::Final ? 8 : 5,
                      .indirect = settings_.style == Style::Noir && !stage_.plate ? 0.3f : 1.f,
                      .seed = settings_.seed});
    if (settings_.style == Style::Noir && !stage_.plate) emission_ = 0.12f;
    if (progress) progress(1);
    return {};
}

// Probes see the first frame's static world; moving things come in through the indirect rays.
void HybridRenderer::light_the_set(const FrameInput& input) {
    ProbeGrid::Plan plan;
    plan.bounds.low = room_.low.cast<float>();
    plan.bounds.high = room_.high.cast<float>();
    if (open_air_) plan.bounds.high.z = std::min(plan.bounds.high.z, plan.bounds.low.z + 8.f);
    plan.most_probes = effort_.probes;
    plan.rays = effort_.probe_rays;
    plan.seed = settings_.seed;
    probes_ = std::make_unique<ProbeGrid>(plan, *tracer_, threads_);
    tracer_->set_probes(probes_.get());
    (void)input;
}

// A coarse look through the camera before the first frame.
void HybridRenderer::meter(const FrameInput& input, const CameraFrame& camera) {
    constexpr int kAcross = 64, kDown = 36;
    std::vector<Vec3f> light(kAcross * kDown);
    const CameraFrame coarse(input.camera_open, kAcross, kDown);
    threads_.for_each(kAcross * kDown / 16, [&](int block) {
        PixelTask tasks[16];
        PixelSample samples[16];
        for (int s = 0; s < 2; ++s) {
            for (int i = 0; i < 16; ++i)
                tasks[i] = {block * 16 % kAcross + i, block * 16 / kAcross,
                            static_cast<uint32_t>(s)};
            tracer_->sample(coarse, coarse, coarse, tasks, samples);
            for (int i = 0; i < 16; ++i) {
                light[static_cast<size_t>(block * 16 + i)] +=
                    (samples[i].emitted + samples[i].albedo * samples[i].diffuse +
                     samples[i].specular) *
                    0.5f;
            }
        }
    });
    exposure_.set(light);
    (void)camera;
}

void HybridRenderer::add_particles(std::vector<Vec3f>& light, const FrameInput& input,
                                   const CameraFrame& now,
                                   const std::function<float(int, int)>& depth) {
    if (input.open->particles.empty()) return;
    ParticleLight look;
    const bool drawn = settings_.style == Style::Anime;
    look.spark = drawn ? 1.f : 6 / exposure_.value();
    look.open_s = static_cast<float>(settings_.shutter_turn / std::max(1.0, settings_.fps));
    look.ambient = [&](Vec3f p) -> Vec3f {
        if (drawn) return {0.75f, 0.78f, 0.82f};
        Vec3f e = probes_->at(p).irradiance({0, 0, 1}) / 3.1415927f;
        // Some of the direct light too, unshadowed and averaged over directions.
        for (const Light& lamp : lights_.lights) {
            const LightSample s = sample_light(lamp, p, 0.5f, 0.5f);
            if (s.distance > 0) e += s.illuminance * (0.25f / 3.1415927f);
        }
        return e;
    };
    draw_particles(light, now, input.open->particles, look, depth, threads_);
}

base::Result<std::vector<Vec3f>> HybridRenderer::photograph(const FrameInput& input,
                                                            const CameraFrame& now,
                                                            const CameraFrame& close,
                                                            const base::CancelToken* cancel) {
    const int w = settings_.width_px, h = settings_.height_px;
    tracer_->set_frame(input.time_s, 1e9f, 300);
    if (!started_) {
        meter(input, now);
        tracer_->set_frame(input.time_s, 1e9f, emission_ / exposure_.value());
        light_the_set(input);
        meter(input, now);
        clamp_exposure_ = exposure_.value();
        film_ = film_soon_.get();
    }
    tracer_->set_frame(input.time_s, 5 / clamp_exposure_, emission_ / clamp_exposure_);
    FilmFrame frame;
    frame.now = now;
    frame.before = started_ ? before_ : now;
    frame.close = close;
    frame.first = !started_;
    frame.sky = open_air_ ? sky_.get() : nullptr;
    frame.exposure = clamp_exposure_;
    frame.index = drawn_++;
    film_->draw(frame, *tracer_, threads_, [cancel] { return cancel && cancel->cancelled(); });
    if (cancel) TRY(cancel->check());

    std::vector<Vec3f> light(film_->light().begin(), film_->light().end());
    const auto depth = [this](int x, int y) { return film_->depth_m(x, y); };
    add_particles(light, input, now, depth);
    const LensInput lens{w, h, depth, [this](int x, int y) { return film_->sweep_px(x, y); }};
    depth_of_field(light, lens, input.camera_open, threads_);
    motion_blur(light, lens, threads_);
    if (stage_.plate) return light;  // its camera has its glare in the picture already
    glare(light, w, h, settings_.style == Style::Noir ? 0.05f : 0.025f, threads_);
    if (started_) exposure_.follow(light, std::abs(input.time_s - last_time_s_));
    else exposure_.set(light);
    last_time_s_ = input.time_s;
    return light;
}

base::Image8 HybridRenderer::paint(const FrameInput& input, const CameraFrame& now) {
    AnimeInput anime;
    anime.geometry = &geometry_;
    anime.camera = now;
    anime.plate = stage_.plate;
    anime.room = room_;
    anime.time = stage_.time;
    anime.weather = stage_.weather;
    anime.open_air = open_air_;
    anime.oversample = effort_.oversample;
    anime.seed = settings_.seed;
    anime.time_s = input.time_s;
    AnimePicture picture = draw_anime(anime, threads_);
    const int w = settings_.width_px, h = settings_.height_px;
    add_particles(picture.colour, input, now, [&](int x, int y) {
        return picture.depth[static_cast<size_t>(y) * w + static_cast<size_t>(x)];
    });
    if (stage_.plate && input.presence < 1)
        blend_plate(*stage_.plate, now, static_cast<float>(input.presence), picture.colour,
                    threads_);
    base::Image8 image(w, h, 3);
    for (size_t i = 0; i < picture.colour.size(); ++i) {
        for (int k = 0; k < 3; ++k) {
            image.data[3 * i + static_cast<size_t>(k)] = static_cast<uint8_t>(std::lround(
                255 * base::linear_to_srgb(std::clamp(picture.colour[i][k], 0.f, 1.f))));
        }
    }
    return image;
}

base::Image8 HybridRenderer::develop_picture(const std::vector<Vec3f>& light, int64_t index) const {
    const int w = settings_.width_px, h = settings_.height_px;
    Grade grade = grade_for(settings_.style);
    grade.exposure = exposure_.value();
    grade.white = lights_.white;
    const Developer develop(grade);
    base::Image8 image(w, h, 3);
    threads_.for_each(h, [&](int y) {
        for (int x = 0; x < w; ++x) {
            const float dx = (static_cast<float>(x) + 0.5f) / static_cast<float>(w) - 0.5f,
                        dy = (static_cast<float>(y) + 0.5f) / static_cast<float>(h) - 0.5f;
            const float corner = 2 * (dx * dx + dy * dy);
            const Vec3f c =
                develop.bytes(light[static_cast<size_t>(y) * w + static_cast<size_t>(x)] *
                              (1 - grade.vignette * corner));
            // Half a step of fixed noise against banding; grain moves.
            const uint64_t still =
                base::hash_combine(static_cast<uint64_t>(y) * 65536 + static_cast<uint64_t>(x), 7);
            float noise = static_cast<float>(still >> 40) * 0x1p-24f - 0.5f;
            if (grade.grain > 0) {
                const uint64_t moved = base::hash_combine(still, static_cast<uint64_t>(index));
                const float g = static_cast<float>(moved >> 40) * 0x1p-24f +
                                static_cast<float>((moved >> 8) & 0xffffff) * 0x1p-24f - 1;
                const float level = c.y / 255, middle = 4 * level * (1 - level);
                noise += g * grade.grain * 255 * (0.35f + 0.65f * middle);
            }
            for (int k = 0; k < 3; ++k) {
                image.at(x, y)[k] =
                    static_cast<uint8_t>(std::clamp(c[k] + noise, 0.f, 255.f) + 0.5f);
            }
        }
    });
    return image;
}

base::Result<Picture> HybridRenderer::render(const FrameInput& input,
                                             const base::CancelToken* cancel) {
    CHECK(input.open != nullptr, "a frame needs a snapshot");
    if (cancel) TRY(cancel->check());
    const int w = settings_.width_px, h = settings_.height_px;
    geometry_.update(*input.open, input.close ? *input.close : *input.open);
    const CameraFrame now(input.camera_open, w, h), close(input.camera_close, w, h);
    Picture picture;
    const bool waits = stage_.plate && input.presence <= 0;
    if (waits) {
        picture.image =
            show_plate(*stage_.plate, now, {}, 0, settings_.style, input.index, threads_);
    } else if (settings_.style == Style::Anime) {
        picture.image = paint(input, now);
    } else if (stage_.plate) {
        const std::vector<Vec3f> light = TRY(photograph(input, now, close, cancel));
        picture.image = show_plate(*stage_.plate, now, light, static_cast<float>(input.presence),
                                   settings_.style, input.index, threads_);
    } else {
        const std::vector<Vec3f> light = TRY(photograph(input, now, close, cancel));
        picture.image = develop_picture(light, input.index);
    }
    if (settings_.passes)
        picture.passes =
            draw_passes(geometry_, now, before_known_ ? before_ : now, input.time_s, threads_);
    before_ = now;
    before_known_ = true;
    started_ |= !waits;  // the first frame that is photographed has no history
    return picture;
}

}  // namespace

void start_figures(const world::Scene& scene) {
    for (const auto& figure : scene.figures) start_skin(*figure);
}

base::Result<std::unique_ptr<Renderer>> Renderer::create(
    const Stage& stage, const Settings& settings, const std::function<void(double)>& progress,
    const base::CancelToken* cancel) {
    if (!stage.scene) return base::failed("nothing to draw: the stage has no scene");
    if (settings.width_px < 1 || settings.height_px < 1)
        return base::usage_error("the picture has no size");
    // About 400 bytes a pixel are kept between frames.
    if (static_cast<int64_t>(settings.width_px) * settings.height_px > 9'500'000) {
        return base::usage_error(
            "pictures larger than 4096x2304 are not drawn; ask for a smaller size");
    }
    if (cancel) TRY(cancel->check());
    if (progress) progress(0);
    auto renderer = std::make_unique<HybridRenderer>(stage, settings);
    TRY(renderer->prepare(progress, cancel));
    return std::unique_ptr<Renderer>(std::move(renderer));
}

}  // namespace render
