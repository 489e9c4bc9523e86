// A shot list becomes the outputs of a job, piece by piece. For the tasks of this folder.
#pragma once

#include "script/shots/shot_list.h"
#include "studio/worker/workplace.h"

namespace studio {

struct WorldFilm {
    script::ShotList shots;
    script::Report report;
    // The film begins at this picture of the list.
    int64_t first_frame = 0;
    // Pictures that are there already: the first `kept_frames` of the film are those of kept_path
    // from kept_from on, a file that may be trusted. They are not drawn.
    std::string kept_path;
    int64_t kept_from = 0, kept_frames = 0;
    std::string kept_hash;  // StreamHash::save() after them, "" = not known
    // The kept pictures are no part of the list: a stranger's clip, which the list goes on from.
    // The film then carries no list and has no record.
    bool after_clip = false;
    std::vector<float> clip_sound;               // interleaved stereo, as long as the kept pictures
    std::shared_ptr<const base::Image8> image;   // the picture that the list starts from
    std::vector<std::vector<double>> solutions;  // TakeOptions
    // Shots from this one on last as long as a neural model thinks; the world has no idea of it.
    std::optional<size_t> own_from_shot;
};

// A film of ours that was given as an input. Errors: invalid_video.
base::Result<FilmPayload> read_source(const Workplace& place, const std::string& input);
bool is_ours(const Workplace& place, const std::string& input);

// The whole of `source` as what is kept of `film`, where that may be: the file is trusted and the
// list still says size, rate, style and first picture.
void keep_source(const Workplace& place, const std::string& input, const FilmPayload& source,
                 WorldFilm& film);

// Is the film, with the lengths of `list`, one that the job may become? Errors: too_long.
base::Status check_length(const Workplace& place, const WorldFilm& film,
                          const script::ShotList& list);

// The same by a model of the neural engine (job.model): what is kept of an earlier film stays, new
// pictures go on from its last one where the model can. There is no record.
base::Result<Made> shoot_neural(Workplace& place, const WorldFilm& film, render::Quality quality);

// By the job's engine. Errors: too_long; what the director and the disk say.
base::Result<Made> shoot(Workplace& place, const WorldFilm& film);

}  // namespace studio
