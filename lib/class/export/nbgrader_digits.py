"""Configures nbgrader for these assignments. nbgrader_config.py loads this file with load_subconfig."""

from nbgrader.preprocessors import ClearSolutions, NbGraderPreprocessor


class PutStarter(NbGraderPreprocessor):
    """Replaces a solution by the exercise's starter code."""

    def preprocess_cell(self, cell, resources, cell_index):
        cell.source = cell.metadata.get("digits", {}).get("starter", cell.source)
        return cell, resources


c = get_config()  # noqa: F821
c.ClearSolutions.code_stub = {**ClearSolutions.code_stub.default(), "typescript": ""}
c.GenerateAssignment.preprocessors.insert(4, PutStarter)  # after ClearSolutions
# The preparation trains a network, and some answers train even longer.
c.Execute.timeout = 300
