// The parameters of a request, whatever its encoding: multipart form, url-encoded form or JSON.
//
// Forms use brackets for nesting (npm openai 6.49.0, python openai >= 2.27): `video[id]`,
// `input_reference[image_url]`, `characters[][id]`, repeated `name[]`. Both encodings become one
// JSON object; leaves of a form are strings, and marks of files where a file part's name has
// brackets (`keyframes[0][image]`). Every parameter must be taken by the route; what is left over
// is an unknown parameter, so a typing error is never ignored silently.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "apps/server/core/api_error.h"
#include "apps/server/http/message.h"
#include "base/json/json.h"

namespace server {

class Fields {
public:
    // Files stay parts of the request, which outlives the fields. 400 on invalid JSON (with line
    // and column), JSON that is no object, duplicate or badly bracketed names, text that is not
    // UTF-8; 415 on another content type.
    static Answer<Fields> read(http::Request& request);

    bool is_form() const { return is_form_; }
    bool has(const std::string& name) const;  // null counts as absent

    // Each marks `name` as known. Absent gives nullopt; a wrong type or length is the error.
    Answer<std::optional<std::string>> text(const std::string& name, size_t most_characters,
                                            size_t least_characters = 1);
    // A number, or a string that holds nothing else.
    Answer<std::optional<double>> number(const std::string& name, double least, double most);
    Answer<std::optional<int64_t>> integer(const std::string& name, int64_t least, int64_t most);
    Answer<std::optional<bool>> boolean(const std::string& name);
    Answer<std::optional<std::string>> choice(const std::string& name,
                                              const std::vector<std::string>& choices);
    std::optional<base::Json> json(const std::string& name);  // object or array as it came
    // An array of at most `most` entries: as it came, as JSON in a form's text, or as the fields
    // `name[0]…` of a form, numbered from 0 without a gap; those of `name[]…` come as an array.
    Answer<std::optional<base::Json>> list(const std::string& name, size_t most);
    // A file part; nullptr when absent. The text of that name is still to be taken by
    // json()/text().
    http::FormPart* file(const std::string& name);
    // The file that a leaf of json() or list() stands for; nullptr: it is none.
    http::FormPart* file_of(const base::Json& leaf);

    // The error for the first parameter that nobody took.
    std::optional<ApiError> unknown() const;

private:
    const base::Json* value(const std::string& name);

    bool is_form_ = false;
    base::Json tree_ = base::Json::object();
    std::map<std::string, http::FormPart*> files_;
    std::vector<http::FormPart*> nested_files_;  // of names with brackets
    std::set<std::string> known_;
};

// `characters[][id]` -> {"characters", "", "id"}; empty on bad brackets.
std::vector<std::string> bracket_path(const std::string& name);

}  // namespace server
