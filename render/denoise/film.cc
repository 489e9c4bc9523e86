#include "render/denoise/film.h"

#include "base/math/colour.h"
#include "render/scene/threads.h"

namespace render {
namespace {

constexpr float kNowhere = -1e9f;
constexpr float kMirrorLike = 0.3f;  // smoother reflections move against their surface

float luma(Vec3f c) { return base::luminance(c); }

// The pixels of an 8x8 square take turns in four phases; phases 0 and 1 make a checkerboard, 2 and
// 3 its complement. A packet is one phase of one square.
constexpr int kPhaseX[4] = {0, 1, 1, 0}, kPhaseY[4] = {0, 1, 0, 1};

}  // namespace

Film::Film(const FilmPlan& plan) : plan_(plan) {
    const int w = plan.width_px, h = plan.height_px;
    tiles_x_ = (w + kTile - 1) / kTile;
    tiles_y_ = (h + kTile - 1) / kTile;
    const size_t pixels = static_cast<size_t>(w) * h,
                 tiles = static_cast<size_t>(tiles_x_) * tiles_y_;
    moving_.assign(tiles, 1);
    moved_.assign(tiles, 1);
    work_.assign(tiles, 1);
    filtered_.assign(tiles, 1);
    rest_.assign(tiles, 0);
    guide_.resize(pixels);
    guide_before_.resize(pixels);
    fresh_.resize(pixels);
    light_.resize(pixels);
    light_before_.resize(pixels);
    base_.resize(pixels);
    composed_.resize(pixels);
    colour_.resize(pixels);
    colour_before_.resize(pixels);
    age_.assign(pixels, 0);
    age_before_.assign(pixels, 0);
    for (Plane* p :
         {&guides_.normal_x, &guides_.normal_y, &guides_.normal_z, &guides_.slope, &guides_.reach})
        *p = Plane(w, h);
    guides_.depth = Plane(w, h, kNowhere);
    for (FilteredLight* light : {&diffuse_[0], &diffuse_[1], &specular_[0], &specular_[1]}) {
        for (Plane* p : {&light->r, &light->g, &light->b, &light->variance}) *p = Plane(w, h);
    }
}

// Four neighbours of where the point was, those that belong to the same surface.
Film::Past Film::past_of(const Guide& guide) const {
    Past past;
    const float fx = guide.before.x - 0.5f, fy = guide.before.y - 0.5f;
    const int w = plan_.width_px, h = plan_.height_px;
    if (!(fx > -1 && fy > -1 && fx < static_cast<float>(w) && fy < static_cast<float>(h)))
        return past;
    const int x0 = static_cast<int>(std::floor(fx)), y0 = static_cast<int>(std::floor(fy));
    const float tx = fx - static_cast<float>(x0), ty = fy - static_cast<float>(y0);
    float total = 0;
    Light sum;
    float count = 1e9f;
    for (int j = 0; j < 2; ++j) {
        for (int i = 0; i < 2; ++i) {
            const int x = x0 + i, y = y0 + j;
            const float weight = (i ? tx : 1 - tx) * (j ? ty : 1 - ty);
            if (weight < 1e-3f || x < 0 || y < 0 || x >= w || y >= h) continue;
            const Guide& then = guide_before_[at(x, y)];
            if (then.id != guide.id) continue;
            if (guide.id >= 0 &&
                (std::abs(then.depth - guide.depth) > 0.08f * guide.depth + 0.02f ||
                 dot(then.normal, guide.normal) < 0.7f))
                continue;
            const Light& light = light_before_[at(x, y)];
            if (light.count <= 0) continue;
            sum.diffuse += light.diffuse * weight;
            sum.specular += light.specular * weight;
            sum.square_d += light.square_d * weight;
            sum.square_s += light.square_s * weight;
            count = std::min(count, light.count);
            total += weight;
        }
    }
    if (total < 0.08f) return past;
    const float scale = 1 / total;
    past.light.diffuse = sum.diffuse * scale;
    past.light.specular = sum.specular * scale;
    past.light.square_d = sum.square_d * scale;
    past.light.square_s = sum.square_s * scale;
    past.light.count = count;
    past.found = true;
    return past;
}

// With a still camera: one packet of spread pixels per tile tells whether anything that moves is
// seen, shadows or shines there. Tiles and their neighbours become active for a while.
void Film::find_motion(const FilmFrame& frame, const Tracer& tracer, const Threads& threads) {
    const int tiles = tiles_x_ * tiles_y_;
    moved_ = moving_;
    if (!tracer.geometry().anything_moving() && still_) {
        std::fill(moving_.begin(), moving_.end(), 0);
    } else if (still_) {
        std::vector<uint8_t> seen(moving_.size(), 0);
        threads.for_each(tiles, [&](int tile) {
            const int tx = tile % tiles_x_, ty = tile / tiles_x_;
            std::vector<PixelTask> tasks;
            const int ox = static_cast<int>(frame.index * 7 % 4),
                      oy = static_cast<int>(frame.index * 3 / 4 % 4);
            for (int i = 0; i < 16; ++i) {
                const int x = std::min(tx * kTile + i % 4 * 4 + ox, plan_.width_px - 1);
                const int y = std::min(ty * kTile + i / 4 * 4 + oy, plan_.height_px - 1);
                tasks.push_back({x, y, frame.index * 64 + 63});
            }
            PixelSample samples[RayPacket::kSize];
            tracer.sample(frame.now, frame.before, frame.close, tasks, samples, true);
            for (const PixelSample& s : samples) seen[static_cast<size_t>(tile)] |= s.moving;
            // What has just left is no longer seen: look at who was here in the frame before.
            for (int i = 0; i < kTile * kTile && !seen[static_cast<size_t>(tile)]; ++i) {
                const int x = std::min(tx * kTile + i % kTile, plan_.width_px - 1);
                const int y = std::min(ty * kTile + i / kTile, plan_.height_px - 1);
                const int id = guide_before_[at(x, y)].id;
                seen[static_cast<size_t>(tile)] =
                    id >= 0 && tracer.geometry().instance_moving(id / 4096);
            }
        });
        for (int ty = 0; ty < tiles_y_; ++ty) {
            for (int tx = 0; tx < tiles_x_; ++tx) {
                uint8_t any = 0;
                for (int dy = -1; dy <= 1; ++dy) {
                    for (int dx = -1; dx <= 1; ++dx) {
                        const int x = tx + dx, y = ty + dy;
                        if (x < 0 || y < 0 || x >= tiles_x_ || y >= tiles_y_) continue;
                        any |= seen[static_cast<size_t>(y * tiles_x_ + x)];
                    }
                }
                moving_[static_cast<size_t>(ty * tiles_x_ + tx)] = any;
            }
        }
    } else {
        // Everything is sampled anyway and finds out by itself.
        std::fill(moving_.begin(), moving_.end(), 0);
    }
    for (size_t i = 0; i < rest_.size(); ++i)
        rest_[i] = moving_[i] ? 0 : std::min(rest_[i] + 1, 1000);
}

void Film::sample_tile(int tile, const FilmFrame& frame, const Tracer& tracer) {
    const int tx = tile % tiles_x_, ty = tile / tiles_x_;
    constexpr int kMost = 64;
    bool moving = false;
    const bool quiet =
        still_ && !moving_[static_cast<size_t>(tile)] && rest_[static_cast<size_t>(tile)] > 3;
    const bool glances = !still_ && !frame.first && !moved_[static_cast<size_t>(tile)];
    for (int block = 0; block < 16; ++block) {
        const int square = block / 4, phase = block % 4;
        const int bx = tx * kTile + square % 2 * 8 + kPhaseX[phase],
                  by = ty * kTile + square / 2 * 8 + kPhaseY[phase];
        const auto turn = static_cast<int>(frame.index % 4);
        const bool half_turn = phase / 2 == turn % 2, own_turn = phase == (turn % 2 * 2 + turn / 2);
        const bool glance = glances && !half_turn;
        PixelTask tasks[16];
        int wanted[16];
        int count = 0;
        for (int i = 0; i < 16; ++i) {
            const int x = bx + i % 4 * 2, y = by + i / 4 * 2;
            if (x >= plan_.width_px || y >= plan_.height_px) continue;
            tasks[count] = {x, y, 0};
            // Still and quiet: what the pixel has may be enough.
            wanted[count] = plan_.samples;
            const Light& had = light_before_[at(x, y)];
            if (quiet &&
                (had.count >= static_cast<float>(plan_.enough_samples) ||
                 !(had.count < static_cast<float>(2 * plan_.first_samples) ? half_turn : own_turn)))
                wanted[count] = 0;
            ++count;
        }
        Vec3f diffuse_weight[16]{};
        Guide guides[16];
        Base bases[16]{};
        Light lights[16]{};
        Vec3f mean_albedo[16]{};
        int looked[16]{};
        for (int s = 0; s < kMost; ++s) {
            PixelTask now[16];
            int who[16];
            int active = 0;
            for (int i = 0; i < count; ++i) {
                if (wanted[i] <= s) continue;
                now[active] = tasks[i];
                now[active].sample = frame.index * kMost + static_cast<uint32_t>(s);
                now[active].glance = glance && s == 0;
                who[active++] = i;
            }
            if (active == 0) break;
            PixelSample samples[16];
            tracer.sample(frame.now, frame.before, frame.close, {now, static_cast<size_t>(active)},
                          samples);
            for (int k = 0; k < active; ++k) {
                const int i = who[k];
                const PixelSample& p = samples[k];
                moving |= p.moving;
                if (s == 0 || (guides[i].id < 0 && p.id >= 0 && s < 2)) {
                    guides[i] = {p.normal, p.depth, p.distance, p.roughness,
                                 p.before, p.sweep, p.id,       p.plate};
                }
                guides[i].plate &= p.plate;
                if (s == 0) {
                    if (!frame.first) {
                        const Past past = past_of(guides[i]);
                        if (!past.found || past.light.count < static_cast<float>(plan_.samples)) {
                            wanted[i] = plan_.fresh_samples + !p.shaded;
                        } else if (past.light.count < static_cast<float>(2 * plan_.fresh_samples)) {
                            wanted[i] =
                                std::max(wanted[i], (plan_.samples + plan_.fresh_samples) / 2);
                        }
                        if (p.moving) wanted[i] = std::max(wanted[i], (3 * plan_.samples + 1) / 2);
                        if (p.plate && moving_[static_cast<size_t>(tile)])
                            wanted[i] = std::max(wanted[i], 4 + 2 * plan_.samples);
                    } else {
                        wanted[i] = plan_.first_samples;
                    }
                }
                bases[i].emitted += p.emitted;
                mean_albedo[i] += p.albedo;
                ++looked[i];
                if (!p.shaded) continue;
                // Weighed by albedo, so that albedo * diffuse has the right mean across an edge.
                const Vec3f weight = p.albedo + Vec3f{1e-4f, 1e-4f, 1e-4f};
                lights[i].diffuse += p.diffuse * weight;
                diffuse_weight[i] += weight;
                lights[i].specular += p.specular;
                const float ld = luma(p.diffuse), ls = luma(p.specular);
                lights[i].square_d += ld * ld;
                lights[i].square_s += ls * ls;
                lights[i].count += 1;
            }
        }
        for (int i = 0; i < count; ++i) {
            const size_t p = at(tasks[i].x, tasks[i].y);
            fresh_[p] = {};
            if (looked[i] == 0) {
                guide_[p] = guide_before_[p];
                guide_[p].before = {static_cast<float>(tasks[i].x) + 0.5f,
                                    static_cast<float>(tasks[i].y) + 0.5f};
                continue;
            }
            guide_[p] = guides[i];
            base_[p] = {bases[i].emitted / static_cast<float>(looked[i]),
                        mean_albedo[i] / static_cast<float>(looked[i])};
            Light& light = fresh_[p];
            if (lights[i].count == 0) {
                light.count = -1;
                continue;
            }
            const float scale = 1 / lights[i].count;
            light.diffuse = lights[i].diffuse / diffuse_weight[i];
            light.specular = lights[i].specular * scale;
            light.square_d = lights[i].square_d * scale;
            light.square_s = lights[i].square_s * scale;
            light.count = lights[i].count;
        }
    }
    if (moving && tracer.geometry().anything_moving()) moving_[static_cast<size_t>(tile)] = 1;
}

void Film::merge_tile(int tile, const FilmFrame& frame) {
    const int tx = tile % tiles_x_, ty = tile / tiles_x_;
    const int w = plan_.width_px, h = plan_.height_px;
    bool body_lively = false, plate_lively = false;
    for (int dy = -1; dy <= 1; ++dy) {
        for (int dx = -1; dx <= 1; ++dx) {
            const int x = tx + dx, y = ty + dy;
            if (x >= 0 && y >= 0 && x < tiles_x_ && y < tiles_y_) {
                body_lively |= restless(static_cast<size_t>(y * tiles_x_ + x));
                plate_lively |= plate_restless(static_cast<size_t>(y * tiles_x_ + x));
            }
        }
    }
    const float more = std::max(1.f, static_cast<float>(plan_.samples) / 2);
    for (int y = ty * kTile; y < std::min(h, (ty + 1) * kTile); ++y) {
        for (int x = tx * kTile; x < std::min(w, (tx + 1) * kTile); ++x) {
            const size_t p = at(x, y);
            const Light& fresh = fresh_[p];
            Light& out = light_[p];
            if (fresh.count == 0) {
                out = light_before_[p];
                continue;
            }
            Past past;
            if (!frame.first) past = past_of(guide_[p]);
            if (!past.found) {
                out = fresh;
                continue;
            }
            const Guide& guide = guide_[p];
            const bool own_motion = guide.id >= 0;
            const bool lively = guide.plate ? plate_lively : body_lively;
            float spread = -1;  // variance of the plate's light around here
            float cap_d = still_ && !lively ? 4096.f : lively || own_motion ? 9 * more : 28 * more;
            if (guide.plate && lively) cap_d = 12 + 6 * more;
            float cap_s = still_ && !lively ? 4096.f : 24 * more;
            if (!(still_ && !lively) && guide.roughness < kMirrorLike) cap_s = 10 * more;
            Vec3f old_d = past.light.diffuse, old_s = past.light.specular;
            if (lively || !still_) {
                // Bound the past by what neighbours of the same surface see now.
                Vec3f md{}, qd{}, ms{}, qs{};
                float n = 0;
                for (int j = std::max(0, y - 2); j <= std::min(h - 1, y + 2); ++j) {
                    for (int i = std::max(0, x - 2); i <= std::min(w - 1, x + 2); ++i) {
                        const size_t q = at(i, j);
                        if (fresh_[q].count <= 0 || guide_[q].id != guide.id) continue;
                        md += fresh_[q].diffuse;
                        qd += fresh_[q].diffuse * fresh_[q].diffuse;
                        ms += fresh_[q].specular;
                        qs += fresh_[q].specular * fresh_[q].specular;
                        n += 1;
                    }
                }
                const auto bound = [n](Vec3f value, Vec3f mean, Vec3f square, float k) {
                    mean = mean / n;
                    for (int c = 0; c < 3; ++c) {
                        const float sigma =
                            std::sqrt(std::max(0.f, square[c] / n - mean[c] * mean[c]));
                        value[c] = std::clamp(value[c], mean[c] - k * sigma, mean[c] + k * sigma);
                    }
                    return value;
                };
                if (n >= 3 && guide.plate) {
                    const float mean = luma(md / n);
                    spread = std::max(0.f, luma(qd / n) - mean * mean);
                }
                if (n >= 3) {
                    if (lively) old_d = bound(old_d, md, qd, 1.2f);
                    old_s = bound(old_s, ms, qs, guide.roughness < kMirrorLike ? 1.0f : 1.6f);
                }
            }
            const float had_d = std::min(past.light.count, cap_d),
                        had_s = std::min(past.light.count, cap_s);
            if (fresh.count < 0) {
                out = past.light;
                out.diffuse = old_d;
                out.specular = old_s;
                continue;
            }
            const float wd = fresh.count / (had_d + fresh.count),
                        ws = fresh.count / (had_s + fresh.count);
            out.diffuse = base::lerp(old_d, fresh.diffuse, wd);
            out.specular = base::lerp(old_s, fresh.specular, ws);
            out.square_d = base::lerp(past.light.square_d, fresh.square_d, wd);
            out.square_s = base::lerp(past.light.square_s, fresh.square_s, ws);
            out.count = std::min(had_d + fresh.count, 8192.f);
            // A moving shadow's edge is no noise: what the history tells of the spread would blur
            // it.
            if (spread >= 0) out.square_d = luma(out.diffuse) * luma(out.diffuse) + spread;
        }
    }
}

void Film::filter(const Threads& threads) {
    const int w = plan_.width_px, h = plan_.height_px;
    threads.for_each(h, [&](int y) {
        for (int x = 0; x < w; ++x) {
            const size_t p = at(x, y);
            const Guide& g = guide_[p];
            const Light& light = light_[p];
            guides_.normal_x.row(y)[x] = g.normal.x;
            guides_.normal_y.row(y)[x] = g.normal.y;
            guides_.normal_z.row(y)[x] = g.normal.z;
            guides_.depth.row(y)[x] = g.id < 0 ? kNowhere : g.depth;
            // The smaller of both one-sided differences: the plane, not the edge.
            const auto depth = [&](int i, int j) {
                return guide_[at(std::clamp(i, 0, w - 1), std::clamp(j, 0, h - 1))].depth;
            };
            const float dx =
                std::min(std::abs(depth(x + 1, y) - g.depth), std::abs(depth(x - 1, y) - g.depth));
            const float dy =
                std::min(std::abs(depth(x, y + 1) - g.depth), std::abs(depth(x, y - 1) - g.depth));
            guides_.slope.row(y)[x] = 1.5f * std::max(dx, dy) + 0.0015f * g.depth;
            // Clear reflections are filtered little; the rest fully.
            guides_.reach.row(y)[x] = 1;
            diffuse_[0].r.row(y)[x] = light.diffuse.x;
            diffuse_[0].g.row(y)[x] = light.diffuse.y;
            diffuse_[0].b.row(y)[x] = light.diffuse.z;
            specular_[0].r.row(y)[x] = light.specular.x;
            specular_[0].g.row(y)[x] = light.specular.y;
            specular_[0].b.row(y)[x] = light.specular.z;
            const float n = std::max(1.f, light.count);
            const float ld = luma(light.diffuse), ls = luma(light.specular);
            // With few samples the spread is not known: assume much.
            const float doubt = n < 4 && !g.plate ? 0.35f : 0.f;
            diffuse_[0].variance.row(y)[x] =
                (std::max(0.f, light.square_d - ld * ld) + doubt * ld * ld) / n;
            specular_[0].variance.row(y)[x] =
                (std::max(0.f, light.square_s - ls * ls) + doubt * ls * ls) / n;
        }
    });
    // Variance itself is noisy: smooth it before it steers the filter.
    for (FilteredLight* light : {diffuse_, specular_}) {
        threads.for_each(h, [&](int y) {
            for (int x = 0; x < w; ++x) {
                float sum = 0, weight = 0;
                for (int j = -1; j <= 1; ++j) {
                    const int row = std::clamp(y + j, 0, h - 1);
                    for (int i = -1; i <= 1; ++i) {
                        const int column = std::clamp(x + i, 0, w - 1);
                        if (guides_.depth.row(row)[column] == kNowhere) continue;
                        const float k = (i ? 1.f : 2.f) * (j ? 1.f : 2.f);
                        sum += k * light[0].variance.row(row)[column];
                        weight += k;
                    }
                }
                light[1].variance.row(y)[x] = weight > 0 ? sum / weight : 0;
            }
        });
        std::swap(light[0].variance, light[1].variance);
    }
    const auto run = [&](FilteredLight* light, int levels, float strictness) {
        for (int level = 0; level < levels; ++level) {
            threads.for_each(tiles_y_, [&](int ty) {
                for (int tx = 0; tx < tiles_x_; ++tx) {
                    if (!filtered_[static_cast<size_t>(ty * tiles_x_ + tx)]) continue;
                    int end = tx + 1;
                    while (end < tiles_x_ && filtered_[static_cast<size_t>(ty * tiles_x_ + end)])
                        ++end;
                    atrous_level(light[1], light[0], guides_, tx * kTile, std::min(w, end * kTile),
                                 ty * kTile, std::min(h, (ty + 1) * kTile), 1 << level, strictness);
                    tx = end;
                }
            });
            std::swap(light[0], light[1]);
        }
    };
    run(diffuse_, 5, 3.0f);
    threads.for_each(h, [&](int y) {
        for (int x = 0; x < w; ++x) {
            const float r = guide_[at(x, y)].roughness;
            guides_.reach.row(y)[x] = std::clamp(0.12f + 3.f * r, 0.f, 1.f);
        }
    });
    run(specular_, 4, 2.2f);
}

void Film::compose_tile(int tile, const FilmFrame& frame) {
    const int tx = tile % tiles_x_, ty = tile / tiles_x_;
    for (int y = ty * kTile; y < std::min(plan_.height_px, (ty + 1) * kTile); ++y) {
        for (int x = tx * kTile; x < std::min(plan_.width_px, (tx + 1) * kTile); ++x) {
            const size_t p = at(x, y);
            const Guide& g = guide_[p];
            const Vec3f d{diffuse_[0].r.row(y)[x], diffuse_[0].g.row(y)[x],
                          diffuse_[0].b.row(y)[x]};
            const Vec3f s{specular_[0].r.row(y)[x], specular_[0].g.row(y)[x],
                          specular_[0].b.row(y)[x]};
            Vec3f c = base_[p].emitted + base_[p].albedo * d + s;
            if (frame.sky && g.distance > 0) {
                const Vec3f direction =
                    frame.now.direction(static_cast<float>(x) + 0.5f, static_cast<float>(y) + 0.5f);
                const Sky::Air air = frame.sky->air(direction, g.distance, frame.now.eye.z);
                c = c * air.transmittance + air.glow * plan_.fog;
            }
            composed_[p] = c;
        }
    }
}

bool Film::plate_around(int x, int y) const {
    for (int j = std::max(0, y - 1); j <= std::min(plan_.height_px - 1, y + 1); ++j) {
        for (int i = std::max(0, x - 1); i <= std::min(plan_.width_px - 1, x + 1); ++i) {
            if (!guide_[at(i, j)].plate) return false;
        }
    }
    return true;
}

// Colour over time. Averaging is done on c / (1 + luminance), so that a lamp's edge is smooth in
// the picture and not only in the light (Karis 2014, "High-Quality Temporal Supersampling").
void Film::resolve_tile(int tile, const FilmFrame& frame) {
    const int tx = tile % tiles_x_, ty = tile / tiles_x_;
    const int w = plan_.width_px, h = plan_.height_px;
    const auto squeeze = [&](Vec3f c) { return c / (1 + luma(c) * frame.exposure); };
    const auto open = [&](Vec3f c) { return c / std::max(1e-3f, 1 - luma(c) * frame.exposure); };
    const bool lively = restless(static_cast<size_t>(tile));
    for (int y = ty * kTile; y < std::min(h, (ty + 1) * kTile); ++y) {
        for (int x = tx * kTile; x < std::min(w, (tx + 1) * kTile); ++x) {
            const size_t p = at(x, y);
            if (fresh_[p].count == 0) {
                colour_[p] = colour_before_[p];
                age_[p] = age_before_[p];
                continue;
            }
            const Vec3f now = squeeze(composed_[p]);
            age_[p] = 1;
            colour_[p] = composed_[p];
            if (frame.first || (guide_[p].plate && plate_around(x, y))) continue;
            // The motion of the nearest thing around: edges travel with their foreground.
            Guide near = guide_[p];
            int nx = x, ny = y;
            if (!still_ || lively) {
                for (int j = std::max(0, y - 1); j <= std::min(h - 1, y + 1); ++j) {
                    for (int i = std::max(0, x - 1); i <= std::min(w - 1, x + 1); ++i) {
                        const Guide& g = guide_[at(i, j)];
                        if (g.id != -1 && (near.id == -1 || g.depth < near.depth * 0.98f)) {
                            near = g;
                            nx = i;
                            ny = j;
                        }
                    }
                }
            }
            const float fx = near.before.x + static_cast<float>(x - nx) - 0.5f,
                        fy = near.before.y + static_cast<float>(y - ny) - 0.5f;
            if (!(fx >= 0 && fy >= 0 && fx <= static_cast<float>(w - 1) &&
                  fy <= static_cast<float>(h - 1)))
                continue;
            Vec3f old;
            float age;
            const int x0 = static_cast<int>(std::floor(fx)), y0 = static_cast<int>(std::floor(fy));
            const float u = fx - static_cast<float>(x0), v = fy - static_cast<float>(y0);
            if (u < 1e-3f && v < 1e-3f) {
                old = squeeze(colour_before_[at(x0, y0)]);
                age = age_before_[at(x0, y0)];
            } else {
                // Catmull-Rom: reprojection does not soften the picture.
                const auto weights = [](float t, float* out) {
                    out[0] = t * (-0.5f + t * (1 - 0.5f * t));
                    out[1] = 1 + t * t * (-2.5f + 1.5f * t);
                    out[2] = t * (0.5f + t * (2 - 1.5f * t));
                    out[3] = t * t * (-0.5f + 0.5f * t);
                };
                float wx[4], wy[4];
                weights(u, wx);
                weights(v, wy);
                Vec3f sum{};
                for (int j = 0; j < 4; ++j) {
                    for (int i = 0; i < 4; ++i) {
                        const int xx = std::clamp(x0 + i - 1, 0, w - 1),
                                  yy = std::clamp(y0 + j - 1, 0, h - 1);
                        sum += squeeze(colour_before_[at(xx, yy)]) * (wx[i] * wy[j]);
                    }
                }
                old = base::max(sum, Vec3f{});
                age = age_before_[at(std::min(w - 1, x0 + (u > 0.5f)),
                                     std::min(h - 1, y0 + (v > 0.5f)))];
            }
            float most = 400;
            if (!still_ || lively ||
                (guide_[p].plate && plate_restless(static_cast<size_t>(tile)))) {
                most = 10;
                Vec3f mean{}, square{};
                float n = 0;
                for (int j = std::max(0, y - 1); j <= std::min(h - 1, y + 1); ++j) {
                    for (int i = std::max(0, x - 1); i <= std::min(w - 1, x + 1); ++i) {
                        const Vec3f c = squeeze(composed_[at(i, j)]);
                        mean += c;
                        square += c * c;
                        n += 1;
                    }
                }
                mean = mean / n;
                for (int k = 0; k < 3; ++k) {
                    const float sigma = std::sqrt(std::max(0.f, square[k] / n - mean[k] * mean[k]));
                    const float reach = 1.25f * sigma + 0.002f;
                    const float bounded = std::clamp(old[k], mean[k] - reach, mean[k] + reach);
                    if (std::abs(bounded - old[k]) > 0.25f * sigma + 0.02f)
                        age = std::min(age, 4.f);
                    old[k] = bounded;
                }
            }
            age = std::min(age, most);
            colour_[p] = base::max(open(base::lerp(old, now, 1 / (age + 1))), Vec3f{});
            age_[p] = age + 1;
        }
    }
}

void Film::draw(const FilmFrame& frame, const Tracer& tracer, const Threads& threads,
                const std::function<bool()>& cancelled) {
    std::swap(guide_, guide_before_);
    std::swap(light_, light_before_);
    std::swap(colour_, colour_before_);
    std::swap(age_, age_before_);
    still_ = !frame.first && frame.now == frame.before && frame.now == frame.close;
    const int tiles = tiles_x_ * tiles_y_;
    find_motion(frame, tracer, threads);
    threads.for_each(tiles, [&](int tile) {
        if (!cancelled()) sample_tile(tile, frame, tracer);
    });
    if (cancelled()) return;
    threads.for_each(tiles, [&](int tile) { merge_tile(tile, frame); });
    // Light is filtered where pixels were sampled, and as far around as the filter reads.
    for (int tile = 0; tile < tiles; ++tile) {
        work_[static_cast<size_t>(tile)] = 0;
        const int tx = tile % tiles_x_, ty = tile / tiles_x_;
        for (int y = ty * kTile; y < std::min(plan_.height_px, (ty + 1) * kTile); ++y) {
            for (int x = tx * kTile; x < std::min(plan_.width_px, (tx + 1) * kTile); ++x)
                work_[static_cast<size_t>(tile)] |= fresh_[at(x, y)].count != 0;
        }
    }
    bool any = false;
    for (int ty = 0; ty < tiles_y_; ++ty) {
        for (int tx = 0; tx < tiles_x_; ++tx) {
            uint8_t near = 0;
            for (int y = std::max(0, ty - 2); y <= std::min(tiles_y_ - 1, ty + 2); ++y) {
                for (int x = std::max(0, tx - 2); x <= std::min(tiles_x_ - 1, tx + 2); ++x)
                    near |= work_[static_cast<size_t>(y * tiles_x_ + x)];
            }
            filtered_[static_cast<size_t>(ty * tiles_x_ + tx)] = near;
            any |= near != 0;
        }
    }
    if (any) {
        filter(threads);
        threads.for_each(tiles, [&](int tile) {
            if (work_[static_cast<size_t>(tile)]) compose_tile(tile, frame);
        });
    }
    threads.for_each(tiles, [&](int tile) { resolve_tile(tile, frame); });
}

double Film::sampled_share() const {
    size_t count = 0;
    for (const Light& light : fresh_) count += light.count > 0;
    return static_cast<double>(count) / static_cast<double>(fresh_.size());
}

}  // namespace render
