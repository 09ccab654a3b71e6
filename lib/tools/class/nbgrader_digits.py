"""What nbgrader is to know of these assignments; nbgrader_config.py takes it in by load_subconfig."""

from nbgrader.preprocessors import ClearSolutions, NbGraderPreprocessor


class PutStarter(NbGraderPreprocessor):
    """Puts what an exercise begins with where its solution stood."""

    def preprocess_cell(self, cell, resources, cell_index):
        starter = cell.metadata.get("digits", {}).get("starter")
        if starter is not None:
            cell.source = starter
        return cell, resources


c = get_config()  # noqa: F821
stubs = ClearSolutions.code_stub.default()
c.ClearSolutions.code_stub = {**stubs, "typescript": "// YOUR CODE HERE"}
# Behind ClearSolutions, before the checksums.
c.GenerateAssignment.preprocessors.insert(4, PutStarter)
# The preparation trains a network, and some answers train one for longer.
c.Execute.timeout = 300
