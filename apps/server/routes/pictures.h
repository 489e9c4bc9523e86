// Pictures that come with a request: as a file part, a data URL, an address or the id of a file.
// Looked at no further than their header here; workers decode them where that is safe.
#pragma once

#include <optional>
#include <string>

#include "apps/server/core/app.h"
#include "apps/server/core/fields.h"

namespace server {

// Stored as a blob.
struct InputPicture {
    store::Blob blob;
    int width_px = 0, height_px = 0;
};

// Takes the pictures of one request. What addresses answer is waited for 40 s in all.
class InputPictures {
public:
    InputPictures(App& app, Fields& fields, const Caller& caller);

    // Errors, at `at`: no JPEG, PNG or WebP file, or more than 64 megapixels.
    Answer<InputPicture> of_part(http::FormPart& part, const std::string& at);
    // `object` at the parameter `at` names a picture by exactly one of image_url, file_id and, in a
    // form, image (a file part); its other members are the caller's. Errors: another number of
    // them, wrong types, a file of somebody else, an address that may not be fetched, and those of
    // of_part().
    Answer<InputPicture> of_object(const base::Json& object, const std::string& at);
    // What of_object() would say without looking at any picture.
    std::optional<ApiError> check_object(const base::Json& object, const std::string& at);

private:
    Answer<InputPicture> store(const std::string& bytes, const std::string& at);
    Answer<InputPicture> of_url(const std::string& url, const std::string& at);
    Answer<InputPicture> of_file(const std::string& id, const std::string& at);

    App& app_;
    Fields& fields_;
    const Caller& caller_;
    double fetch_seconds_left_ = 40;
};

// The bytes of a file of /v1/files of this project. 400 at `at` for any other id.
Answer<store::Blob> file_blob(App& app, const Caller& caller, const std::string& id,
                              const std::string& at);

// What failed goes to the log; the client is told to come again.
ApiError storage_failed(const base::Error& error);
ApiError database_failed(const base::Error& error);

}  // namespace server
