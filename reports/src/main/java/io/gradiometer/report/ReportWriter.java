package io.gradiometer.report;

import java.io.IOException;
import org.apiguardian.api.API;

/** One format. It knows what to say and how, but not where it goes: that is the output's. */
@API(status = API.Status.EXPERIMENTAL)
public interface ReportWriter {

    /** Writes the report. Equal reports give equal files. */
    void write(Report report, ReportOutput output) throws IOException;
}
